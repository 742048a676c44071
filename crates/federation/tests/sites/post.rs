//! A postman who remembers.

use crate::town::Town;
use market::letters::{Letter, NewsReader, PostError, Postman};
use std::pin::Pin;
use std::sync::Mutex;

#[derive(Default)]
pub(crate) struct Bag(Mutex<Vec<Letter>>);

impl Bag {
    pub(crate) fn empty(self) -> Vec<Letter> {
        self.0.into_inner().unwrap()
    }
}

impl Postman for Bag {
    fn post<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> Pin<Box<dyn Future<Output = Result<(), PostError>> + Send + 'a>> {
        self.0.lock().unwrap().push(letter.clone());
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Town {
    /// Reads what is new, sends what is due, and gives the letters that left.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let mut reader = NewsReader::default();
        while self.market.read_news(&mut reader).await.unwrap() > 0 {}
        while self.market.read_news_elsewhere(&mut reader).await.unwrap() > 0 {}
        while self.federation.reach_winners().await.unwrap() > 0 {}
        let bag = Bag::default();
        while self.market.send_letters(&bag).await.unwrap().sent > 0 {}
        bag.empty()
    }
}
