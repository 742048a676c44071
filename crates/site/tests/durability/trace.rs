//! What `strace` wrote down: system calls with the moment at which each began and ended.
//!
//! Moments are numbers of lines. That is sound, because a thread stands still at the beginning and at the end of a
//! call until `strace` has looked: a line that says "begun" was written before the kernel did anything, one that says
//! "ended" after it had done everything. So if one call ended in an earlier line than another began, it really was
//! over before the other did anything, whatever threads they were on.

/// Follow all threads, name the file behind each number, and keep whole pages.
pub(crate) const ARGUMENTS: [&str; 7] = [
    "-D",
    "-f",
    "-y",
    "-x",
    "-s100000",
    "--seccomp-bpf",
    "-etrace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,fsync,fdatasync,sync_file_range",
];

/// One system call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) began: usize,
    /// `usize::MAX` if it never did.
    pub(crate) ended: usize,
    /// It did all that was asked.
    pub(crate) good: bool,
    /// The file or socket.
    pub(crate) file: String,
    pub(crate) what: What,
}

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// Bytes into a file, at a place.
    Write { offset: u64, bytes: Vec<u8> },
    /// All that was written to go to the disk.
    Sync,
    /// Bytes to wherever: to a client, if the file is a socket.
    Send { bytes: Vec<u8> },
}

impl Call {
    pub(crate) fn is_wal(&self) -> bool {
        self.file.ends_with("-wal")
    }

    pub(crate) fn is_answer(&self) -> bool {
        self.file.contains("socket") || self.file.contains("TCP")
    }

    /// As if the syncs of the log had begun long before what was written.
    pub(crate) fn hastened(mut self) -> Call {
        if matches!(self.what, What::Sync) {
            self.began = 0;
        }
        self
    }
}

/// Reads a record.
pub(crate) fn read(text: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    // The call that a thread is in.
    let mut inside: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for (number, line) in text.lines().enumerate() {
        let Some((thread, said)) = line.split_once(' ') else { continue };
        let said = said.trim_start();
        if said.starts_with("<... ") {
            if let Some(at) = inside.remove(thread) {
                finish(&mut calls[at], number, said);
            }
        } else if let Some(mut call) = begin(number, said) {
            if said.ends_with("<unfinished ...>") {
                inside.insert(thread, calls.len());
            } else {
                finish(&mut call, number, said);
            }
            calls.push(call);
        }
    }
    calls
}

/// The result stands behind the last "=". What was written must be all that was to be written.
fn finish(call: &mut Call, number: usize, said: &str) {
    let result: Option<i64> = said
        .rsplit_once(" = ")
        .and_then(|(_, result)| result.split_ascii_whitespace().next().and_then(|word| word.parse().ok()));
    call.ended = number;
    call.good = match (&call.what, result) {
        (What::Sync, Some(result)) => result == 0,
        (What::Write { bytes, .. } | What::Send { bytes }, Some(result)) => result == bytes.len() as i64,
        (_, None) => false,
    };
}

fn begin(number: usize, said: &str) -> Option<Call> {
    let (name, rest) = said.split_once('(')?;
    let (file, rest) = rest.split_once('<')?.1.split_once('>')?;
    let what = match name {
        "fsync" | "fdatasync" => What::Sync,
        "pwrite64" => {
            let (bytes, rest) = string(rest.split_once('"')?.1);
            let offset = rest.trim_end_matches(" <unfinished ...>").split(')').next()?.rsplit(", ").next()?;
            What::Write { offset: offset.parse().ok()?, bytes }
        }
        "write" | "sendto" | "writev" | "sendmsg" | "sendmmsg" => What::Send { bytes: strings(rest) },
        // Nothing that we wait for; such a write into the log would be missed by the rule, so it may not be.
        _ => panic!("the record has {name} on {file}: teach this reader what it does"),
    };
    Some(Call { began: number, ended: usize::MAX, good: false, file: file.to_owned(), what })
}

/// All strings of a call, one behind the other.
fn strings(mut rest: &str) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some((_, behind)) = rest.split_once('"') {
        let (bytes, behind) = string(behind);
        all.extend(bytes);
        rest = behind;
    }
    all
}

/// A string up to its closing quote, and what stands behind it.
fn string(text: &str) -> (Vec<u8>, &str) {
    let mut bytes = Vec::new();
    let mut at = 0;
    let raw = text.as_bytes();
    while at < raw.len() && raw[at] != b'"' {
        if raw[at] != b'\\' {
            bytes.push(raw[at]);
            at += 1;
            continue;
        }
        let (byte, length) = match raw[at + 1] {
            b'x' => (u8::from_str_radix(&text[at + 2..at + 4], 16).unwrap(), 4),
            b'n' => (b'\n', 2),
            b'r' => (b'\r', 2),
            b't' => (b'\t', 2),
            b'v' => (11, 2),
            b'f' => (12, 2),
            digit if digit.is_ascii_digit() => {
                let length = raw[at + 1..].iter().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
                (u8::from_str_radix(&text[at + 1..at + 1 + length], 8).unwrap(), 1 + length)
            }
            other => (other, 2),
        };
        bytes.push(byte);
        at += length;
    }
    (bytes, &text[(at + 1).min(text.len())..])
}

#[test]
fn a_call_that_is_interrupted_by_others_has_a_beginning_and_an_end() {
    let text = r#"1 pwrite64(7</data/site.sqlite-wal>, "\x00\x41b\n", 4, 32) = 4
1 fsync(7</data/site.sqlite-wal> <unfinished ...>
2 sendto(9<socket:[5]>, "HTTP/1.1 201 Created\r\n", 22, MSG_NOSIGNAL, NULL, 0) = 22
1 <... fsync resumed>) = 0
2 writev(9<socket:[5]>, [{iov_base="a\"", iov_len=2}, {iov_base="b", iov_len=1}], 2) = 3
1 fsync(7</data/site.sqlite-wal>) = -1 EIO (Input/output error)"#;
    let calls = read(text);
    let spans: Vec<_> = calls.iter().map(|call| (call.began, call.ended, call.good)).collect();
    assert_eq!(spans, [(0, 0, true), (1, 3, true), (2, 2, true), (4, 4, true), (5, 5, false)]);
    assert!(matches!(&calls[0].what, What::Write { offset: 32, bytes } if bytes == b"\0Ab\n"));
    assert!(matches!(&calls[3].what, What::Send { bytes } if bytes == b"a\"b"));
    assert!(calls[0].is_wal() && calls[2].is_answer());
}
