//! The pages in real browsers: used by mouse and keyboard, with and without script, on the screen
//! and by screen reader.

mod answers;
mod barriers;
mod buttons;
mod pictures;
mod site;
mod tabs;
mod tree;
mod widths;
