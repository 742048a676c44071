//! The step table: every row at its edges, scaled, rounded up.

use auction::{Amount, Step, StepTable};

#[test]
fn every_row_of_the_standard_table_holds_from_its_first_cent_to_its_last() {
    let rows = [
        (0, 99, 5),
        (100, 499, 25),
        (500, 2_499, 50),
        (2_500, 9_999, 100),
        (10_000, 24_999, 250),
        (25_000, 49_999, 500),
        (50_000, 99_999, 1_000),
        (100_000, 249_999, 2_500),
        (250_000, 499_999, 5_000),
        (500_000, 1_000_000_000_000, 10_000),
    ];
    let table = StepTable::standard(0);
    for (first, last, step) in rows {
        for price in [first, first + 1, last - 1, last] {
            assert_eq!(table.at(Amount(price)), Amount(step), "at {price}");
        }
    }
}

#[test]
fn a_table_for_larger_units_is_scaled_up() {
    let table = StepTable::standard(2);
    for (price, step) in [(0, 500), (9_999, 500), (10_000, 2_500), (49_999, 2_500), (50_000_000, 1_000_000)] {
        assert_eq!(table.at(Amount(price)), Amount(step), "at {price}");
    }
}

#[test]
fn a_table_for_smaller_units_is_scaled_down_and_its_steps_are_rounded_up_to_whole_units() {
    // Tenths: 0.5 -> 1, 2.5 -> 3, 5, 10, 25 ...; whole hundreds: 0.05 -> 1, ... 2.50 -> 3.
    let rows = [
        (-1, 0, 1),
        (-1, 9, 1),
        (-1, 10, 3),
        (-1, 49, 3),
        (-1, 50, 5),
        (-1, 249, 5),
        (-1, 250, 10),
        (-1, 999, 10),
        (-1, 1_000, 25),
        (-2, 0, 1),
        (-2, 24, 1),
        (-2, 25, 1),
        (-2, 99, 1),
        (-2, 100, 3),
        (-2, 249, 3),
        (-2, 250, 5),
        (-2, 5_000, 100),
        (-3, 9, 1),
        (-3, 10, 1),
        (-3, 25, 1),
        (-3, 500, 10),
        (-6, 0, 1),
        (-6, 1_000_000, 1),
    ];
    for (power, price, step) in rows {
        let table = StepTable::standard(power);
        assert_eq!(table.at(Amount(price)), Amount(step), "10^{power} at {price}");
    }
}

#[test]
fn every_scaled_table_is_a_good_table() {
    for power in -9..=9 {
        let table = StepTable::standard(power);
        assert!(StepTable::new(table.rows().to_vec()).is_some(), "10^{power}");
    }
}

#[test]
fn a_table_of_ones_own_starts_at_zero_rises_and_has_steps() {
    let row = |from, step| Step { from: Amount(from), step: Amount(step) };
    let rows: [(Vec<Step>, bool); 8] = [
        (vec![], false),
        (vec![row(0, 1)], true),
        (vec![row(0, 0)], false),
        (vec![row(0, -1)], false),
        (vec![row(1, 1)], false),
        (vec![row(0, 1), row(10, 2)], true),
        (vec![row(0, 1), row(0, 2)], false),
        (vec![row(0, 1), row(10, 2), row(9, 3)], false),
    ];
    for (rows, good) in rows {
        assert_eq!(StepTable::new(rows.clone()).is_some(), good, "{rows:?}");
    }
}

#[test]
fn a_flat_table_has_one_step() {
    let table = StepTable::flat(Amount(7)).unwrap();
    assert_eq!([0, 1, 1_000_000].map(|price| table.at(Amount(price)).0), [7, 7, 7]);
    assert_eq!(StepTable::flat(Amount(0)), None);
    assert_eq!(StepTable::flat(Amount(Amount::MOST.0 + 1)), None);
}
