//! The pages in real browsers: by mouse and keyboard, with and without script, looked at and
//! listened to.

mod answers;
mod barriers;
mod buttons;
mod pictures;
mod site;
mod tabs;
mod tree;
mod widths;
