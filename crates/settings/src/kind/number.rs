//! Whole numbers.

use super::Kind;
use crate::Value;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;

/// A whole number between two others, both allowed.
pub struct Whole<const LEAST: u64, const MOST: u64, N = u64>(PhantomData<N>);

impl<N, const LEAST: u64, const MOST: u64> Kind for Whole<LEAST, MOST, N>
where
    N: TryFrom<u64> + Clone + Debug + Display + PartialEq,
{
    type Of = N;

    fn expects() -> String {
        format!("a whole number from {LEAST} to {MOST}")
    }

    fn read(value: &Value) -> Option<N> {
        let number = u64::try_from(value.whole()?).ok()?;
        let fits = (LEAST..=MOST).contains(&number);
        fits.then(|| N::try_from(number).ok())?
    }

    fn write(value: &N) -> String {
        value.to_string()
    }
}
