//! The pages, asked directly.
