//! The bytes that have arrived and haven't been understood yet.

use crate::limits;

/// Unread bytes, at most [`limits::UNREAD`] of them.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    /// Where the unread part begins.
    start: usize,
    /// How far behind `start` there is known to be no line end, so that a slow line isn't searched again and again.
    searched: usize,
    /// How many bytes were taken since [`Buffer::begin_reply`].
    taken: usize,
    overflowed: bool,
}

/// A limit was passed by as many of the unread bytes, however many more have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong(pub(crate) usize);

impl Buffer {
    /// Appends what fits. What doesn't is dropped, and the line that lacks it will be [`TooLong`].
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        let room = limits::UNREAD - self.bytes.len();
        self.overflowed |= bytes.len() > room;
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    pub(crate) fn unread(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Where the line that begins at `from` ends, its line feed included; `None` while that isn't known.
    ///
    /// # Errors
    /// When the line is longer than [`limits::LINE`], or a part of it was dropped.
    pub(crate) fn line_end(&mut self, from: usize) -> Result<Option<usize>, TooLong> {
        let begin = from.max(self.searched);
        let Some(tail) = self.unread().get(begin..) else { return self.incomplete() };
        let end = tail.iter().position(|&byte| byte == b'\n').map(|position| begin + position + 1);
        let known = end.unwrap_or(self.unread().len());
        if known - from > limits::LINE {
            return Err(TooLong(from + limits::LINE));
        }
        if end.is_none() {
            self.searched = known;
            return self.incomplete();
        }
        Ok(end)
    }

    /// Takes the first `length` bytes, of which there must be as many.
    ///
    /// # Errors
    /// When more than [`limits::REPLY`] would have been taken since [`Buffer::begin_reply`].
    pub(crate) fn take(&mut self, length: usize) -> Result<Vec<u8>, TooLong> {
        self.taken += length;
        if self.taken > limits::REPLY {
            return Err(TooLong(length));
        }
        let taken = self.unread()[..length].to_vec();
        self.start += length;
        self.searched = 0;
        Ok(taken)
    }

    /// The server may say as much again as [`limits::REPLY`]: it was asked something, or has answered.
    pub(crate) fn begin_reply(&mut self) {
        self.taken = 0;
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    fn incomplete(&self) -> Result<Option<usize>, TooLong> {
        if self.overflowed { Err(TooLong(self.unread().len())) } else { Ok(None) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Buffer, TooLong};
    use crate::limits;

    #[test]
    fn a_line_that_comes_in_pieces_is_found_when_its_end_arrives() {
        let mut buffer = Buffer::default();
        buffer.push(b"ab");
        assert_eq!(buffer.line_end(0), Ok(None));
        buffer.push(b"c\nd");
        assert_eq!(buffer.line_end(0), Ok(Some(4)));
        assert_eq!(buffer.take(4), Ok(b"abc\n".to_vec()));
        assert_eq!(buffer.line_end(0), Ok(None));
        assert_eq!(buffer.unread(), b"d");
    }

    #[test]
    fn a_line_may_be_as_long_as_the_limit_and_not_longer() {
        for (length, result) in [
            (limits::LINE - 1, Ok(Some(limits::LINE))),
            (limits::LINE, Err(TooLong(limits::LINE))),
            (limits::UNREAD + 5, Err(TooLong(limits::LINE))),
        ] {
            let mut buffer = Buffer::default();
            buffer.push(&[vec![b'x'; length], b"\n".to_vec()].concat());
            assert_eq!(buffer.line_end(0), result, "{length}");
        }
    }

    #[test]
    fn what_does_not_fit_makes_the_line_it_belongs_to_too_long() {
        let mut buffer = Buffer::default();
        let line = [vec![b'x'; 1023], b"\n".to_vec()].concat();
        buffer.push(&line.repeat(limits::UNREAD / 1024));
        buffer.push(b"tail");
        for _ in 0..limits::UNREAD / 1024 {
            assert_eq!(buffer.line_end(0), Ok(Some(1024)));
            assert_eq!(buffer.take(1024).as_ref(), Ok(&line));
            buffer.begin_reply();
        }
        assert_eq!(buffer.line_end(0), Err(TooLong(0)));
    }

    #[test]
    fn a_flood_takes_no_more_memory_than_the_limit() {
        let mut buffer = Buffer::default();
        for length in (1..5000).chain([16 << 20]) {
            buffer.push(&vec![b'x'; length]);
            assert!(buffer.bytes.capacity() <= 2 * limits::UNREAD, "{}", buffer.bytes.capacity());
        }
    }

    #[test]
    fn a_flood_of_short_lines_ends_at_the_limit_of_a_reply() {
        let mut buffer = Buffer::default();
        buffer.push(&b"\n".repeat(limits::REPLY + 1));
        for _ in 0..limits::REPLY {
            assert_eq!(buffer.take(1), Ok(b"\n".to_vec()));
        }
        assert_eq!(buffer.take(1), Err(TooLong(1)));
    }
}
