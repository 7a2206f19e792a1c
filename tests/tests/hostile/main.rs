//! Misbehaving mail servers, one file for each class of attack; what must hold of every run is asserted by
//! `tests::hostile::Check`: no secret in clear, every text escaped, bounded memory and time, nobody else asked.

mod bombs;
mod floods;
mod handshake;
mod injection;
mod malformed;
mod referral;
mod slow;
mod spoofing;
mod state;
mod stripping;
mod tags;

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;
