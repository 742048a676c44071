//! A step table as text: "0:5 100:25" is a step of 5 from 0 on and of 25 from 100 on, in minor units.

use super::unreadable;
use auction::{Amount, Step, StepTable};
use journal::Error;
use std::cell::RefCell;
use std::collections::HashMap;

/// The text of a table.
pub fn steps_text(table: &StepTable) -> String {
    let rows: Vec<String> = table.rows().iter().map(|row| format!("{}:{}", row.from.0, row.step.0)).collect();
    rows.join(" ")
}

thread_local! {
    /// Sites use a handful of tables, and one is read with every bid.
    static KNOWN: RefCell<HashMap<String, StepTable>> = RefCell::new(HashMap::new());
}

/// More tables than this are not remembered at once.
const KNOWN_MOST: usize = 64;

/// A table from its text.
pub fn text_steps(text: &str) -> Result<StepTable, Error> {
    if let Some(table) = KNOWN.with_borrow(|known| known.get(text).cloned()) {
        return Ok(table);
    }
    let rows: Option<Vec<Step>> = text.split(' ').map(row).collect();
    let table = rows.and_then(StepTable::new).ok_or_else(|| unreadable("steps", text))?;
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= KNOWN_MOST {
            known.clear();
        }
        known.insert(text.to_owned(), table.clone());
    });
    Ok(table)
}

fn row(text: &str) -> Option<Step> {
    let (from, step) = text.split_once(':')?;
    Some(Step { from: Amount(from.parse().ok()?), step: Amount(step.parse().ok()?) })
}
