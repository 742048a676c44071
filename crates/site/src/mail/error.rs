//! Why a letter did not leave.

/// Why a letter did not leave, and whether it may leave later.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// This letter cannot be delivered to this address, today or tomorrow.
    #[error("the letter cannot be delivered: {0}")]
    Permanent(String),
    /// Something else stood in the way: worth another try.
    #[error("the letter did not leave: {0}")]
    Later(String),
}

impl SendError {
    /// Whether another try is useless.
    pub fn is_permanent(&self) -> bool {
        matches!(self, SendError::Permanent(_))
    }
}

impl From<lettre::transport::smtp::Error> for SendError {
    fn from(error: lettre::transport::smtp::Error) -> SendError {
        let code = error.status().map(u16::from);
        let says = error.to_string();
        if code.is_some_and(|code| blames_recipient(code, &says)) {
            SendError::Permanent(says)
        } else {
            SendError::Later(says)
        }
    }
}

/// Servers also say 5xx to a wrong password, a full disk or a sender whom they do not relay for. Those are
/// the operator's to repair, and must not cost anybody a letter. What is about the address of the recipient
/// has one of four codes, and no enhanced code (RFC 3463) that speaks of policy or of the sender.
fn blames_recipient(code: u16, says: &str) -> bool {
    let about_address = [550, 551, 553, 556].contains(&code);
    let about_us = ["5.7.", "5.1.7", "5.1.8", "5.2.2", "5.3."];
    let enhanced = says.split([' ', ':']).find(|word| word.starts_with("5."));
    let excused = enhanced.is_some_and(|word| about_us.iter().any(|start| word.starts_with(start)));
    about_address && !excused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_about_the_recipient_is_final() {
        for (code, says, is_final) in [
            (550, "permanent error (550): 5.1.1 no such user", true),
            (550, "permanent error (550): no such user", true),
            (553, "permanent error (553): 5.1.3 bad address", true),
            (550, "permanent error (550): 5.7.1 relaying denied", false),
            (550, "permanent error (550): 5.1.8 bad sender", false),
            (535, "permanent error (535): 5.7.8 bad password", false),
            (552, "permanent error (552): 5.2.2 mailbox full", false),
            (554, "permanent error (554): no service", false),
            (451, "transient error (451): 4.3.0 later", false),
        ] {
            assert_eq!(blames_recipient(code, says), is_final, "{says}");
        }
    }
}
