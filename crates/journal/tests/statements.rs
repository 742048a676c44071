//! How SQL is said.
#![allow(clippy::unwrap_used)]

mod places;

use journal::{Arg, Class, Dialect, Error, args};
use places::{Place, everywhere};

journal::statements! {
    LIST;
    ADD_ALL = "INSERT INTO people (id, name, picture, age) VALUES ($1, $2, $3, $4)";
    FIND_ALL = "SELECT id, name, picture, age FROM people WHERE id = $1";
    OLDER = "SELECT id FROM people WHERE age IS NULL OR age >= $1 ORDER BY id LIMIT $2";
    EXISTS = "SELECT EXISTS (SELECT 1 FROM people WHERE name = $1), 1";
    AGAIN = "SELECT name FROM people WHERE id = $1 OR age = $1 OR age = $2";
    RENAME = "UPDATE people SET name = $1 WHERE id = $2 RETURNING id";
}

journal::statements! {
    WRONG;
    SWAPPED = "SELECT name FROM people WHERE id = $2 AND age = $1";
    SKIPPING = "SELECT name FROM people WHERE id = $1 AND age = $3";
    UNNUMBERED = "SELECT name FROM people WHERE id = ?";
    MISSPELT = "SELECT nome FROM people";
}

journal::statements! {
    LISTS;
    ANY = "SELECT id FROM people WHERE id = ANY($1) ORDER BY id";
    UNNEST = "INSERT INTO people (id, name, picture, age)
        SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bigint[])";
}

#[test]
fn every_kind_of_value_comes_back_as_it_went() {
    everywhere(|place| {
        let journal = place.open();
        let none: Option<i64> = None;
        let written: Result<(), Error> = journal.write_blocking(move |tx| {
            tx.run(&ADD_ALL, args![1, "Ada Ł €", &[0u8, 255, 7], i64::MAX])?;
            tx.run(&ADD_ALL, args![2i64, "", Arg::Null, none])?;
            Ok(())
        });
        written.unwrap();
        let rows = journal.read_blocking::<_, Error>(|tx| {
            let full = tx.one(&FIND_ALL, args![1], |row| Ok((row.text(1)?, row.blob(2)?, row.int(3)?)))?;
            let empty = tx.one(&FIND_ALL, args![2], |row| {
                assert!(
                    row.int(3).is_err() && row.int(1).is_err() && row.text(0).is_err() && row.int(9).is_err()
                );
                Ok((row.text(1)?, row.opt_blob(2)?, row.opt_int(3)?, row.opt_text(1)?))
            })?;
            let missing = tx.one(&FIND_ALL, args![3], |row| row.int(0))?;
            Ok((full, empty, missing))
        });
        let (full, empty, missing) = rows.unwrap();
        assert_eq!(full, Some(("Ada Ł €".to_owned(), vec![0, 255, 7], i64::MAX)));
        assert_eq!(empty, Some((String::new(), None, None, Some(String::new()))));
        assert_eq!(missing, None);
    });
}

#[test]
fn flags_literals_limits_and_returning_read_the_same_on_both() {
    everywhere(|place| {
        let journal = place.open();
        let renamed = journal.write_blocking::<_, Error>(|tx| {
            tx.run(&ADD_ALL, args![1, "Ada", Arg::Null, 36u32])?;
            tx.one(&RENAME, args!["Ada L.", true], |row| row.int(0))
        });
        assert_eq!(renamed.unwrap(), Some(1));
        let found = journal.read_blocking::<_, Error>(|tx| {
            let exists = tx.one(&EXISTS, args!["Ada L."], |row| Ok((row.flag(0)?, row.int(1)?)))?;
            let older = tx.all(&OLDER, args![30, 10usize], |row| row.int(0))?;
            Ok((exists, older))
        });
        assert_eq!(found.unwrap(), (Some((true, 1)), vec![1]));
    });
}

#[test]
fn a_wrong_number_of_arguments_is_refused() {
    everywhere(|place| {
        let journal = place.open();
        let wrong: Result<_, Error> =
            journal.read_blocking(|tx| tx.one(&FIND_ALL, args![1, 2], |row| row.int(0)));
        assert_eq!(
            wrong.unwrap_err().to_string(),
            "the database refused: FIND_ALL takes 1 arguments, 2 were given"
        );
    });
}

#[test]
fn every_statement_is_understood_by_both_in_the_same_way() {
    let mut answers = Vec::new();
    everywhere(|place| {
        // The closure is `Fn`, so the comparison happens below.
        let journal = place.open();
        let prepared = journal.prepare_all(LIST).unwrap();
        let find = prepared.iter().find(|prepared| prepared.name == "FIND_ALL").unwrap();
        let classes: Vec<_> = find.columns.iter().map(|column| column.class).collect();
        let expected = [Class::Int, Class::Text, Class::Blob, Class::Int].map(Some);
        assert_eq!((find.parameters, classes), (1, expected.to_vec()));
        assert!(
            prepared.iter().any(|prepared| prepared.name == "TAKE_BLOCK"),
            "the journal's own are among them"
        );
    });
    for place in [Some(Place::sqlite()), Place::postgres()].into_iter().flatten() {
        let prepared = place.open().prepare_all(LIST).unwrap();
        answers.push(prepared.iter().map(|p| (p.name, p.parameters, p.columns.len())).collect::<Vec<_>>());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[test]
fn a_statement_that_is_wrong_is_refused_by_name() {
    let place = Place::sqlite();
    let journal = place.open();
    for statement in WRONG {
        let error = journal.prepare_all(&[statement]).unwrap_err();
        assert!(error.to_string().contains(statement.name), "{error}");
    }
}

#[test]
fn parameters_that_would_silently_swap_are_refused() {
    let place = Place::sqlite();
    let journal = place.open();
    let error = journal.prepare_all(&[&SWAPPED]).unwrap_err();
    let text = "the database refused: SWAPPED: parameter $1 does not first appear as number 1";
    assert_eq!(error.to_string(), text);
    // Not only in a test: such a statement cannot be run.
    let run: Result<_, Error> = journal.read_blocking(|tx| tx.one(&SWAPPED, args![1, 2], |row| row.text(0)));
    assert_eq!(run.unwrap_err().to_string(), text);
}

#[test]
fn lists_are_for_postgresql() {
    everywhere(|place| {
        let journal = place.open();
        if journal.dialect() == Dialect::Sqlite {
            let refused: Result<_, Error> =
                journal.read_blocking(|tx| tx.all(&FIND_ALL, args![&[1i64, 2][..]], |row| row.int(0)));
            assert!(matches!(refused, Err(Error::Database(_))));
            return;
        }
        let added = journal.write_blocking::<_, Error>(|tx| {
            let (ids, ages) = ([1i64, 2, 3], [Some(5i64), None, Some(7)]);
            let pictures: [Option<&[u8]>; 3] = [None, Some(b"x"), None];
            let args = args![&ids[..], &["Ada", "Bo", "Cy"][..], &pictures[..], &ages[..]];
            tx.run(&UNNEST, args)
        });
        assert_eq!(added.unwrap(), 3);
        let found =
            journal.read_blocking::<_, Error>(|tx| tx.all(&ANY, args![&[3i64, 1, 9][..]], |row| row.int(0)));
        assert_eq!(found.unwrap(), [1, 3]);
        assert_eq!(LISTS.len(), 2);
    });
}
