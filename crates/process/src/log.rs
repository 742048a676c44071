//! What a process tells whoever runs it: lines on standard error, in the form that the settings ask for.

use settings::kind::LogFormat;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};

/// Starts logging for this process; does nothing if it has been started before.
pub fn start(format: LogFormat, level: &str) {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let subscriber = subscriber(format, level, colours, std::io::stderr);
    // Only a test starts twice, and what the first one set up will do.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

fn subscriber<W>(
    format: LogFormat,
    level: &str,
    colours: bool,
    writer: W,
) -> Box<dyn tracing::Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(level))
        .with_writer(writer)
        .with_ansi(colours);
    match format {
        LogFormat::Text => Box::new(lines.with_timer(Seconds).finish()),
        LogFormat::Json => Box::new(lines.json().flatten_event(true).finish()),
    }
}

/// `2026-11-22 18:25:00Z`: a person reads the rest of the line, a program takes JSON.
struct Seconds;

impl FormatTime for Seconds {
    fn format_time(&self, line: &mut Writer<'_>) -> std::fmt::Result {
        let mut exact = String::new();
        SystemTime.format_time(&mut Writer::new(&mut exact))?;
        let seconds = exact.get(.."2026-11-22T18:25:00".len()).unwrap_or(&exact);
        write!(line, "{}Z", seconds.replace('T', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat) -> String {
        let page = Page::default();
        let writer = page.clone();
        let subscriber = subscriber(format, "info,mill::quiet=off", false, move || writer.clone());
        tracing::subscriber::with_default(subscriber, tell);
        String::from_utf8(page.0.lock().unwrap().clone()).unwrap()
    }

    fn tell() {
        tracing::info!(link = 7, "closed link {}", 7);
        tracing::debug!("not this");
        tracing::warn!(target: "mill::quiet", "nor this");
    }

    #[test]
    fn a_line_of_text_begins_with_a_short_time() {
        let line = logged(LogFormat::Text);
        assert_eq!(line.lines().count(), 1, "{line}");
        assert_eq!(&line[19..20], "Z");
        assert!(line.trim_end().ends_with("closed link 7 link=7"), "{line}");
    }

    #[test]
    fn a_line_of_json_is_one_object_with_its_fields_at_the_top() {
        let line = logged(LogFormat::Json);
        let object: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(object["message"], "closed link 7");
        assert_eq!(object["link"], 7);
        assert_eq!(object["level"], "INFO");
    }
}
