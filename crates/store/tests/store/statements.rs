//! Every statement is understood by both databases, and in the same way.

use crate::place::{Place, everywhere};
use store::STATEMENTS;

#[test]
fn every_statement_can_be_prepared() {
    for place in everywhere() {
        let journal = place.open();
        for list in STATEMENTS {
            journal.prepare_all(list).unwrap();
        }
    }
}

#[test]
fn both_databases_see_the_same_parameters_and_columns() {
    let Some(postgres) = Place::postgres() else { return };
    let (sqlite, postgres) = (Place::sqlite().open(), postgres.open());
    for list in STATEMENTS {
        let here = sqlite.prepare_all(list).unwrap();
        let there = postgres.prepare_all(list).unwrap();
        assert_eq!(here.len(), there.len());
        for (here, there) in here.iter().zip(&there) {
            assert_eq!((here.name, here.parameters), (there.name, there.parameters));
            assert_eq!(here.columns.len(), there.columns.len(), "{}", here.name);
            for (here_column, there_column) in here.columns.iter().zip(&there.columns) {
                // SQLite cannot tell the name or the class of an expression such as count(*).
                let Some(class) = here_column.class else { continue };
                let expected = (here_column.name.as_str(), Some(class));
                assert_eq!((there_column.name.as_str(), there_column.class), expected, "{}", here.name);
            }
        }
    }
}
