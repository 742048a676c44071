//! `anuko-hub`: what is typed, and what is called.

use anyhow::{Context, Result, bail};
use clap::Parser;
use hub::applications::problem;
use hub::command_line::{Command, CommandLine, Neighbours, Tokens, moment};
use hub::control::{Request, call};
use hub::settings::{AnukoHub, Program, Settings, Table};
use hub::{SystemChance, doctor, hub_folder, serve};
use std::io::Write;
use std::process::ExitCode;

/// Small messages on many threads: the system's allocator costs a tenth of the throughput.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("anuko-hub: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(line: CommandLine) -> Result<()> {
    let command = line.command.clone().unwrap_or(Command::Serve);
    match &command {
        Command::PrintSettings => return print(&format!("# Settings of a hub\n\n{}", Settings::document())),
        Command::PrintProblems => return print(&format!("# Problems of a hub\n\n{}", problem::markdown())),
        _ => {}
    }
    let file = AnukoHub::find_file(line.flags.config.as_deref());
    let settings = match Settings::load(&line.flags.overrides(), AnukoHub::environment(), file.as_deref()) {
        Ok(settings) => settings,
        Err(problems) => bail!("the settings are not right\n{problems}"),
    };
    process::log::start(settings.log.format, &settings.log.level);
    match command {
        Command::Serve => block_on(serve::serve(settings)),
        Command::Neighbours(command) => ask(settings, neighbours(&command)),
        Command::Tokens(command) => ask(settings, tokens(command)),
        Command::Backup { file } => ask(settings, Request::Backup { to: std::path::absolute(file)? }),
        Command::Resume => ask(settings, Request::Resume),
        Command::Inspect { key, epoch, number } => {
            ask(settings, Request::Inspect { key: key.to_string(), epoch, number })
        }
        Command::Trim { before, force } => {
            let before = moment(&before).with_context(|| format!("{before:?} is no time"))?;
            ask(settings, Request::Trim { before: before.0, force })
        }
        Command::CheckConfig => print("The settings are right.\n"),
        Command::PrintConfig => print(&settings.print()),
        Command::Doctor => block_on(examine(settings)),
        Command::Keygen => keygen(&settings),
        Command::PrintSettings | Command::PrintProblems => Ok(()),
    }
}

fn neighbours(command: &Neighbours) -> Request {
    match command {
        Neighbours::List => Request::Neighbours,
        Neighbours::Approve { key } => Request::Approve { key: key.to_string() },
        Neighbours::Block { key } => Request::Block { key: key.to_string() },
        Neighbours::Forget { key } => Request::Forget { key: key.to_string() },
    }
}

fn tokens(command: Tokens) -> Request {
    match command {
        Tokens::Create { name } => Request::CreateToken { name },
        Tokens::List => Request::ListTokens,
        Tokens::Revoke { id } => Request::RevokeToken { id },
        Tokens::Export { id } => Request::ExportToken { id },
    }
}

/// Has a request answered, and prints the answer as JSON.
fn ask(settings: Settings, request: Request) -> Result<()> {
    block_on(async move {
        let answer = call(&settings, request).await?;
        Ok(writeln!(std::io::stdout(), "{answer:#}")?)
    })
}

async fn examine(settings: Settings) -> Result<()> {
    process::doctor::tell(&doctor::examine(&settings).await, false)
}

fn keygen(settings: &Settings) -> Result<()> {
    process::folder::make(&settings.data)?;
    let key = hub_folder::key_or_new(&settings.data, &SystemChance)?;
    print(&format!("{}\n", key.public()))
}

fn print(text: &str) -> Result<()> {
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

fn block_on(work: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
