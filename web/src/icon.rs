//! The icons that the page uses, as strokes.

/// The icons that the page uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A tick in a circle.
    Passed,
    /// A cross in a circle.
    Failed,
    /// A dashed circle.
    Waiting,
    /// A circle with a gap, turned by the stylesheet.
    Running,
    /// A bar in a circle.
    Skipped,
    /// An arrow to the right.
    Arrow,
    /// A magnifying glass.
    Search,
    /// A tray with an arrow into it.
    Incoming,
    /// A paper plane.
    Outgoing,
    /// Two sheets.
    Copy,
    /// An arrow onto a line.
    Download,
    /// A printer.
    Print,
    /// A padlock.
    Lock,
    /// An exclamation mark in a triangle.
    Warning,
    /// A chain link.
    Link,
    /// A chain link that broke.
    LinkBroken,
    /// A small magic wand: repairs.
    Repair,
}

impl Icon {
    /// The strokes, in a box of 24 by 24.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Passed => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8 12.4l2.7 2.7L16 9.6",
            Self::Failed => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9 9l6 6M15 9l-6 6",
            Self::Waiting => "M12 5.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z",
            Self::Running => "M12 3a9 9 0 1 0 9 9",
            Self::Skipped => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8.5 12h7",
            Self::Arrow => "M5 12h14M13 6l6 6-6 6",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20",
            Self::Incoming => {
                "M4 13v5a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-5h-4l-1.5 2.5h-5L8 13ZM12 3v8M9 8.2l3 3 3-3"
            }
            Self::Outgoing => "M20.5 3.5 10 14M20.5 3.5 14 20.5 10 14 3.5 10Z",
            Self::Copy => "M9 9h10v11H9ZM15 9V4H5v11h4",
            Self::Download => "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7Z",
            Self::Lock => "M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Warning => "M12 4 2.8 20h18.4ZM12 10v4.5M12 17.2v.1",
            Self::Link => {
                "M9 15l6-6M10.5 6.5l2-2a4.2 4.2 0 0 1 6 6l-2 2M13.5 17.5l-2 2a4.2 4.2 0 0 1-6-6l2-2"
            }
            Self::LinkBroken => {
                "M10.5 6.5l2-2a4.2 4.2 0 0 1 6 6l-2 2M13.5 17.5l-2 2a4.2 4.2 0 0 1-6-6l2-2M4 4l2.5 2.5M20 20l-2.5-2.5"
            }
            Self::Repair => "M4 20 14 10M16.5 3v4M14.5 5h4M19 10v3M17.5 11.5h3M10 4v2M9 5h2",
        }
    }

    /// The class that the stylesheet knows it by.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Running => "icon icon-running",
            Self::Waiting => "icon icon-waiting",
            _ => "icon",
        }
    }
}
