//! Letters through a mail server.

use super::SendError;
use crate::settings::SecretUrl;
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// To reach the server.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(15);
/// For the whole conversation. Servers that scan a letter before they say yes take up to a minute, and a
/// letter given up too early comes twice.
const SEND_TIME_MAX: Duration = Duration::from_secs(120);
/// More connections than this from one sender look like an attack.
const IDLE_CONNECTIONS_MAX: u32 = 4;

type Connections = AsyncSmtpTransport<Tokio1Executor>;

/// A mail server, with connections that are used again.
#[derive(Clone)]
pub struct Smtp(Arc<Shared>);

struct Shared {
    builder: AsyncSmtpTransportBuilder,
    connections: Mutex<Connections>,
    send_time_max: Duration,
}

impl Smtp {
    /// Must be called inside the tokio runtime.
    pub fn new(url: &SecretUrl) -> Result<Smtp, SendError> {
        Smtp::patient(url.reveal(), SEND_TIME_MAX)
    }

    pub(super) fn patient(url: &str, send_time_max: Duration) -> Result<Smtp, SendError> {
        let builder = Connections::from_url(url)?
            .timeout(Some(CONNECT_TIME_MAX))
            .pool_config(PoolConfig::new().max_size(IDLE_CONNECTIONS_MAX));
        Ok(Smtp(Arc::new(Shared {
            connections: Mutex::new(builder.clone().build()),
            builder,
            send_time_max,
        })))
    }

    /// Hands a letter over. It is done by a task of its own: a conversation that stops in the middle would
    /// leave a connection whose next letter hears the answers to this one.
    pub(super) async fn send(&self, message: Message) -> Result<(), SendError> {
        let shared = Arc::clone(&self.0);
        let sending = tokio::spawn(async move { shared.send(message).await });
        sending.await.unwrap_or_else(|error| Err(SendError::Later(error.to_string())))
    }

    pub(super) async fn greet(&self) -> Result<(), SendError> {
        let connections = self.0.connections();
        let greeting = connections.test_connection();
        match tokio::time::timeout(CONNECT_TIME_MAX, greeting).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(SendError::Later("the mail server hung up".to_owned())),
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(SendError::Later("the mail server does not answer".to_owned())),
        }
    }
}

impl Shared {
    async fn send(&self, message: Message) -> Result<(), SendError> {
        let connections = self.connections();
        let mut sending = pin!(connections.send(message));
        match tokio::time::timeout(self.send_time_max, &mut sending).await {
            Ok(answer) => Ok(answer.map(drop)?),
            Err(_) => {
                // For the same reason, nobody else may get the connection that fell silent: all are given up
                // before the conversation is dropped.
                self.start_over();
                connections.shutdown().await;
                let seconds = self.send_time_max.as_secs();
                let says = format!("the mail server did not answer within {seconds} s");
                Err(SendError::Later(says))
            }
        }
    }

    fn connections(&self) -> Connections {
        let connections = self.connections.lock();
        connections.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn start_over(&self) {
        let connections = self.connections.lock();
        *connections.unwrap_or_else(PoisonError::into_inner) = self.builder.clone().build();
    }
}

impl fmt::Debug for Smtp {
    /// Without what is inside: the password is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Smtp")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::sink::{Answer, Sink, mail};
    use super::super::{SendError, message};
    use super::*;

    async fn send(smtp: &Smtp, id: &str) -> Result<(), SendError> {
        let from = "noreply@localhost".parse().unwrap();
        smtp.send(message::build(&from, &mail(id)).unwrap()).await
    }

    fn client(sink: &Sink) -> Smtp {
        Smtp::patient(&sink.url(), SEND_TIME_MAX).unwrap()
    }

    #[tokio::test]
    async fn letters_arrive_whole_over_one_connection() {
        let sink = Sink::open(&[Answer::Yes]).await;
        let smtp = client(&sink);
        smtp.greet().await.unwrap();
        for id in ["1@a", "2@a", "3@a"] {
            send(&smtp, id).await.unwrap();
            sink.idle().await;
        }
        let letters = sink.letters();
        assert_eq!(letters.len(), 3);
        assert!(letters[0].contains("Message-ID: <1@a>\r\n"));
        assert!(letters[0].contains("\r\nHello Ann\r\n.\r\nBye\r\n"), "{}", letters[0]);
        assert_eq!(sink.connections(), 1);
    }

    #[tokio::test]
    async fn later_is_worth_another_try_and_it_succeeds() {
        let sink = Sink::open(&[Answer::Later, Answer::Yes]).await;
        let smtp = client(&sink);
        let no = send(&smtp, "1@a").await.unwrap_err();
        assert!(!no.is_permanent() && no.to_string().contains("451"), "{no}");
        send(&smtp, "1@a").await.unwrap();
        assert_eq!(sink.letters().len(), 1);
    }

    #[tokio::test]
    async fn an_unknown_recipient_is_final() {
        let sink = Sink::open(&[Answer::NoSuchPerson]).await;
        let no = send(&client(&sink), "1@a").await.unwrap_err();
        assert!(no.is_permanent() && no.to_string().contains("no such person"), "{no}");
    }

    #[tokio::test]
    async fn a_server_that_hangs_up_after_its_yes_has_the_letter() {
        let sink = Sink::open(&[Answer::YesAndHangUp, Answer::Yes]).await;
        let smtp = client(&sink);
        send(&smtp, "1@a").await.unwrap();
        send(&smtp, "2@a").await.unwrap();
        assert_eq!(sink.letters().len(), 2);
        assert_eq!(sink.connections(), 2);
    }

    #[tokio::test]
    async fn a_server_that_hangs_up_before_its_yes_is_asked_again() {
        let sink = Sink::open(&[Answer::HangUp, Answer::Yes]).await;
        let smtp = client(&sink);
        assert!(!send(&smtp, "1@a").await.unwrap_err().is_permanent());
        send(&smtp, "1@a").await.unwrap();
        assert_eq!(sink.letters().len(), 1);
    }

    #[tokio::test]
    async fn nobody_gets_the_connection_of_a_server_that_fell_silent() {
        let sink = Sink::open(&[Answer::Silence, Answer::NoSuchPerson, Answer::Yes]).await;
        let smtp = Smtp::patient(&sink.url(), Duration::from_millis(200)).unwrap();
        assert!(!send(&smtp, "1@a").await.unwrap_err().is_permanent());
        // The silent server says its yes now: the next letter must not take it for its own.
        sink.speak_up();
        assert!(send(&smtp, "2@a").await.unwrap_err().is_permanent());
        send(&smtp, "3@a").await.unwrap();
        assert_eq!(sink.connections(), 3);
    }

    #[tokio::test]
    async fn no_server_at_all_is_worth_another_try() {
        let closed = Sink::closed().await;
        let smtp = Smtp::patient(&closed, SEND_TIME_MAX).unwrap();
        assert!(!send(&smtp, "1@a").await.unwrap_err().is_permanent());
        assert!(smtp.greet().await.is_err());
    }
}
