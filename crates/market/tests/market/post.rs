//! A postman who remembers what he was given, and fails when he is told to.

use market::letters::{Letter, PostError, Postman};
use std::pin::Pin;
use std::sync::Mutex;

#[derive(Default)]
pub(crate) struct Bag {
    letters: Mutex<Vec<Letter>>,
    failure: Mutex<Option<PostError>>,
}

impl Bag {
    /// Takes out what was posted.
    pub(crate) fn empty(&self) -> Vec<Letter> {
        std::mem::take(&mut self.letters.lock().unwrap())
    }

    pub(crate) fn fail(&self, permanent: bool) {
        let text = "the mail server is away".to_owned();
        *self.failure.lock().unwrap() = Some(PostError { permanent, text });
    }

    pub(crate) fn recover(&self) {
        *self.failure.lock().unwrap() = None;
    }
}

impl Postman for Bag {
    fn post<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> Pin<Box<dyn Future<Output = Result<(), PostError>> + Send + 'a>> {
        Box::pin(async move {
            if let Some(error) = self.failure.lock().unwrap().clone() {
                return Err(error);
            }
            self.letters.lock().unwrap().push(letter.clone());
            Ok(())
        })
    }
}
