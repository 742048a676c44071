//! Several values of one kind.

use super::Kind;
use crate::Value;
use std::marker::PhantomData;

/// A list of so many values at least, and at most.
pub struct List<K, const LEAST: usize, const MOST: usize>(PhantomData<K>);

impl<K: Kind, const LEAST: usize, const MOST: usize> Kind for List<K, LEAST, MOST> {
    type Of = Vec<K::Of>;

    const SECRET: bool = K::SECRET;

    fn expects() -> String {
        format!("a list of {LEAST} to {MOST}, each {}", K::expects())
    }

    fn read(value: &Value) -> Option<Vec<K::Of>> {
        let values = value.list()?;
        let fits = (LEAST..=MOST).contains(&values.len());
        fits.then(|| values.iter().map(K::read).collect())?
    }

    fn write(values: &Vec<K::Of>) -> String {
        let values: Vec<_> = values.iter().map(K::write).collect();
        format!("[{}]", values.join(", "))
    }
}
