//! Tables that read well in a terminal and in Markdown.

/// Rows of text below a heading.
pub(crate) struct Table(Vec<Vec<String>>);

impl Table {
    pub(crate) fn new<const N: usize>(heading: [&str; N]) -> Table {
        Table(vec![heading.map(str::to_owned).to_vec()])
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.0.push(cells.to_vec());
    }

    /// Whether it has no row below its heading.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.len() == 1
    }

    pub(crate) fn print(&self) {
        let columns = self.0[0].len();
        let widths: Vec<usize> = (0..columns)
            .map(|column| self.0.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
            .collect();
        for (number, row) in self.0.iter().enumerate() {
            println!("{}", line(row, &widths));
            if number == 0 {
                let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
                println!("{}", line(&rule, &widths));
            }
        }
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).map(|(cell, width)| format!(" {cell:<width$} |"));
    format!("|{}", cells.collect::<String>())
}
