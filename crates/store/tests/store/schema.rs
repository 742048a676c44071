//! Both databases have the same tables.

use crate::place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// A table as both databases can describe it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// In order: name, class, NOT NULL.
    columns: Vec<(String, String, bool)>,
    unique: BTreeSet<Vec<String>>,
    /// Name, columns, and whether it holds some rows only.
    indexes: BTreeSet<(String, Vec<String>, bool)>,
    foreign: BTreeSet<(String, String)>,
}

type Tables = BTreeMap<String, Table>;

/// What remembers the migrations is made by another hand for each database.
const OF_MIGRATIONS: [&str; 2] = ["site_migrations", "journal_schema"];

fn sqlite(place: &Place) -> Tables {
    let connection = place.sqlite_connection();
    let names = "SELECT name, 0, '' FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let rows = |sql: &str| -> Vec<(String, i64, String)> {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    let mut tables = Tables::new();
    for (name, ..) in rows(names).into_iter().filter(|(name, ..)| !OF_MIGRATIONS.contains(&name.as_str())) {
        let mut table = Table::default();
        // A key is never NULL in a STRICT table without row ids, nor as a row id.
        let columns = format!("SELECT name, \"notnull\" OR pk > 0, type FROM pragma_table_xinfo('{name}')");
        table
            .columns
            .extend(rows(&columns).into_iter().map(|(name, needed, class)| (name, class, needed == 1)));
        let key = format!("SELECT name, pk, '' FROM pragma_table_xinfo('{name}') WHERE pk > 0 ORDER BY pk");
        table.unique.insert(rows(&key).into_iter().map(|(name, ..)| name).collect());
        let list = format!("SELECT name, partial * 2 + \"unique\", origin FROM pragma_index_list('{name}')");
        for (index, kind, origin) in rows(&list) {
            let columns = format!("SELECT name, 0, '' FROM pragma_index_info('{index}') ORDER BY seqno");
            let columns: Vec<String> = rows(&columns).into_iter().map(|(name, ..)| name).collect();
            if kind & 1 == 1 {
                table.unique.insert(columns.clone());
            }
            if origin == "c" {
                table.indexes.insert((index, columns, kind & 2 == 2));
            }
        }
        let foreign = format!("SELECT \"from\", 0, \"table\" FROM pragma_foreign_key_list('{name}')");
        table.foreign.extend(rows(&foreign).into_iter().map(|(from, _, to)| (from, to)));
        tables.insert(name, table);
    }
    tables
}

fn class(data_type: &str) -> String {
    let class = match data_type {
        "bigint" => "INTEGER",
        "text" => "TEXT",
        "bytea" => "BLOB",
        other => other,
    };
    class.to_owned()
}

const COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO'
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position";
const INDEXES: &str = "SELECT t.relname::text, i.relname::text, x.indisunique, x.indpred IS NOT NULL,
    ARRAY(SELECT a.attname::text FROM unnest(x.indkey::int2[]) WITH ORDINALITY k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum ORDER BY k.place),
    EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u'))
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relnamespace = 'public'::regnamespace";
const FOREIGN: &str = "SELECT c.conrelid::regclass::text, a.attname::text, c.confrelid::regclass::text
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f'";

fn postgres(place: &Place) -> Tables {
    let mut client = place.postgres_connection();
    let mut tables = Tables::new();
    for row in client.query(COLUMNS, &[]).unwrap() {
        let table = tables.entry(row.get(0)).or_default();
        table.columns.push((row.get(1), class(row.get(2)), row.get(3)));
    }
    for row in client.query(INDEXES, &[]).unwrap() {
        let table = tables.entry(row.get(0)).or_default();
        let (name, unique, partial, columns): (String, bool, bool, Vec<String>) =
            (row.get(1), row.get(2), row.get(3), row.get(4));
        if unique {
            table.unique.insert(columns.clone());
        }
        if !row.get::<_, bool>(5) {
            table.indexes.insert((name, columns, partial));
        }
    }
    for row in client.query(FOREIGN, &[]).unwrap() {
        tables.entry(row.get(0)).or_default().foreign.insert((row.get(1), row.get(2)));
    }
    tables.retain(|name, _| !OF_MIGRATIONS.contains(&name.as_str()));
    tables
}

/// The auctioneer keeps what it has loaded until a statement names one of its tables; see `Tx::mark`.
#[test]
fn no_trigger_or_cascade_changes_rows_that_no_statement_names() {
    let place = Place::sqlite();
    place.open().close();
    let connection = place.sqlite_connection();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"), 0);
    let keys = "FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table'";
    assert_ne!(count(&format!("SELECT count(*) {keys}")), 0);
    let acting = "k.on_update <> 'NO ACTION' OR k.on_delete <> 'NO ACTION'";
    assert_eq!(count(&format!("SELECT count(*) {keys} AND ({acting})")), 0);
}

#[test]
fn both_databases_have_the_same_tables_keys_and_indexes() {
    let here = Place::sqlite();
    here.open().close();
    let here = sqlite(&here);
    assert_eq!(here.len(), 27, "{:?}", here.keys());
    assert!(here.values().all(|table| table.columns.iter().all(|(_, class, _)| class != "REAL")));
    let Some(there) = Place::postgres() else { return };
    there.open().close();
    let there = postgres(&there);
    for (name, table) in &here {
        assert_eq!(Some(table), there.get(name), "{name}");
    }
    assert_eq!(here.len(), there.len());
}
