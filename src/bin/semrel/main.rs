//! The `semrel` program.
fn main() {}
