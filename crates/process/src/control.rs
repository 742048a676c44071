//! Commands on a process that runs: through a socket in its data folder, one request a connection, one line each way.

mod socket;

pub use socket::Socket;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// The socket in the data folder.
const SOCKET: &str = "control.sock";

/// Has a request answered by the process that holds a folder; `who` names it where it gives no answer.
pub fn ask(folder: &Path, request: &impl Serialize, who: &str) -> Result<Value> {
    let mut stream = UnixStream::connect(folder.join(SOCKET))
        .with_context(|| format!("another process holds {} and does not answer", folder.display()))?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut reply = String::new();
    BufReader::new(stream).read_line(&mut reply)?;
    let reply: Reply =
        serde_json::from_str(&reply).with_context(|| format!("the running {who} gave no answer"))?;
    reply.result()
}

/// What comes back through the socket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Done(Value),
    Failed(String),
}

impl Reply {
    fn of(result: Result<Value>) -> Reply {
        result.map_or_else(|error| Reply::Failed(format!("{error:#}")), Reply::Done)
    }

    fn result(self) -> Result<Value> {
        match self {
            Reply::Done(value) => Ok(value),
            Reply::Failed(text) => bail!(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;
    use std::os::unix::fs::PermissionsExt;

    async fn half(number: u64) -> Result<Value> {
        let half = number.is_multiple_of(2).then_some(number / 2);
        half.map(Value::from).ok_or_else(|| anyhow!("{number} is odd").context("it has no half"))
    }

    #[tokio::test]
    async fn whoever_holds_the_folder_answers_and_refuses_in_its_own_words() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().to_owned();
        let served = tokio::spawn(Socket::open(&folder).unwrap().answer(half));
        let mode = std::fs::metadata(folder.join(SOCKET)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let asked = move |number: Value| ask(&folder, &number, "mill").map_err(|error| format!("{error:#}"));
        let asked = move || [8.into(), 7.into(), "eight".into()].map(asked);
        let [even, odd, no_number] = tokio::task::spawn_blocking(asked).await.unwrap();
        assert_eq!(even, Ok(Value::from(4)));
        assert_eq!(odd, Err("it has no half: 7 is odd".to_owned()));
        assert!(no_number.unwrap_err().starts_with("the running mill gave no answer"));
        served.abort();
        assert!(served.await.is_err() && !place.path().join(SOCKET).exists());
    }

    #[test]
    fn a_folder_where_nobody_listens_is_named() {
        let place = tempfile::tempdir().unwrap();
        let error = ask(place.path(), &1, "mill").unwrap_err().to_string();
        assert!(error.starts_with("another process holds ") && error.ends_with(" and does not answer"));
    }
}
