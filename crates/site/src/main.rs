//! `anuko-auction`: what is typed, and what is called.

use anyhow::{Context, Result, anyhow, bail};
use clap::Parser;
use federation::verify::{Receipts, Verdict};
use serde_json::Value;
use site::command_line::{Command, CommandLine, Database, Network, Tokens, Users};
use site::control::{Request, call};
use site::settings::{AnukoAuction, Program, Settings, Table};
use site::words::Language;
use site::{api, backup, demo, doctor, refusals, serve};
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// Small requests from many threads: the system's allocator costs a tenth of the throughput.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("anuko-auction: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(line: CommandLine) -> Result<ExitCode> {
    let command = line.command.clone().unwrap_or(Command::Serve);
    match &command {
        Command::PrintRefusals => return print(&refusals::markdown(Language::english())),
        Command::PrintOpenapi => return print(&format!("{}\n", api::document())),
        Command::PrintSettings => return print(&format!("# Settings\n\n{}", Settings::document())),
        Command::Verify { file } => return verify(file),
        _ => {}
    }
    let file = AnukoAuction::find_file(line.flags.config.as_deref());
    let settings = match Settings::load(&line.flags.overrides(), AnukoAuction::environment(), file.as_deref())
    {
        Ok(settings) => settings,
        Err(problems) => bail!("the settings are not right\n{problems}"),
    };
    process::log::start(settings.log.format, &settings.log.level);
    match command {
        Command::Serve => block_on(serve::serve(settings)),
        Command::Demo { minutes, speed } => block_on(demo::demo(settings, minutes, speed)),
        Command::CheckConfig => print("The settings are right.\n"),
        Command::PrintConfig => print(&settings.print()),
        Command::Doctor => block_on(examine(settings)),
        Command::Users(command) => ask(settings, users(command)),
        Command::Tokens(command) => ask(settings, tokens(command)),
        Command::Db(Database::Check) => block_on(check(settings)),
        Command::Db(Database::Backup { file }) => {
            ask(settings, Request::Backup { file: std::path::absolute(file)? })
        }
        Command::Db(Database::Digest { auction, text }) => block_on(digest(settings, auction, text)),
        Command::Db(Database::Restore { file }) => {
            print(&format!("{:#}\n", backup::restore(&file, &settings.data)?))
        }
        Command::Network(command) => ask(settings, network(&command)),
        Command::PrintRefusals | Command::PrintOpenapi | Command::PrintSettings | Command::Verify { .. } => {
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn network(command: &Network) -> Request {
    match command {
        Network::Status => Request::Network,
        Network::Approve { key } => Request::Approve { key: key.to_string() },
        Network::Block { key } => Request::Block { key: key.to_string() },
    }
}

fn users(command: Users) -> Request {
    match command {
        Users::Add { email, name, role, with_token } => Request::AddUser { email, name, role, with_token },
    }
}

fn tokens(command: Tokens) -> Request {
    match command {
        Tokens::Create { email, name, scopes } => {
            Request::CreateToken { email, name, scopes: scopes.join(" ") }
        }
        Tokens::List { email } => Request::ListTokens { email },
        Tokens::Revoke { id } => Request::RevokeToken { id },
    }
}

/// Has a request answered, and prints the answer as JSON.
fn ask(settings: Settings, request: Request) -> Result<ExitCode> {
    block_on(async move {
        let answer: Value = call(&settings, request).await?;
        writeln!(std::io::stdout(), "{answer:#}")?;
        Ok(())
    })
}

async fn examine(settings: Settings) -> Result<()> {
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    process::doctor::tell(&doctor::examine(&settings).await, colour)
}

async fn check(settings: Settings) -> Result<()> {
    let answer = call(&settings, Request::Check).await?;
    let problems = answer["problems"].as_array().cloned().unwrap_or_default();
    for problem in &problems {
        writeln!(std::io::stdout(), "{}", problem.as_str().unwrap_or_default())?;
    }
    if !problems.is_empty() {
        bail!("{} things must not be", problems.len());
    }
    writeln!(std::io::stdout(), "The database is whole: every history gives the state that it claims.")?;
    Ok(())
}

/// Prints the fingerprint of an auction, or what it is of.
async fn digest(settings: Settings, auction: i64, text: bool) -> Result<()> {
    let answer = call(&settings, Request::Digest { auction }).await?;
    let field = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let mut out = std::io::stdout();
    if text {
        writeln!(out, "{}", field("text"))?;
    } else {
        writeln!(out, "{} auction {} of {}", field("digest"), answer["auction"], field("origin"))?;
    }
    Ok(())
}

/// Checks a file of receipts, whatever site it is from.
fn verify(file: &Path) -> Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let receipts = Receipts::read(&bytes).map_err(|wrong| anyhow!("{}: {wrong}", file.display()))?;
    let report = federation::verify(&receipts);
    print(&report.to_string())?;
    Ok(if report.verdict == Verdict::Bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn print(text: &str) -> Result<ExitCode> {
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Everything but the requests of a site, which have threads of their own, is done by one thread.
fn block_on(work: impl Future<Output = Result<()>>) -> Result<ExitCode> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)?;
    Ok(ExitCode::SUCCESS)
}
