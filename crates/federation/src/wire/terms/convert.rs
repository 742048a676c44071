//! Terms from the rules and back.

use super::{Clock, Extension, Format, Step, Terms};
use crate::wire::{Floor, Length, Malformed, Moment, Money};
use auction::{Amount, Currency, StepTable};

fn unfit<E>(field: &'static str) -> impl Fn(E) -> Malformed {
    move |_| Malformed::new(field, "out of range")
}

impl TryFrom<&auction::Terms> for Terms {
    type Error = Malformed;

    /// Fails if a number is outside the bounds of the wire; terms without problems are inside.
    fn try_from(terms: &auction::Terms) -> Result<Terms, Malformed> {
        let (format, clock) = format(terms.format)?;
        let money = |amount: Amount, field| Money::try_from(amount).map_err(unfit(field));
        let step = |row: &auction::Step| {
            let from = Floor::try_from(row.from).map_err(unfit("steps"))?;
            Ok(Step { from, step: money(row.step, "steps")? })
        };
        let written = Terms {
            format,
            clock,
            currency: terms.currency.code().to_owned(),
            exponent: terms.currency.exponent(),
            start_price: money(terms.start_price, "start_price")?,
            has_reserve: terms.reserve.is_some(),
            buy_now: terms.buy_now.map(|amount| money(amount, "buy_now")).transpose()?,
            steps: terms.steps.rows().iter().map(step).collect::<Result<_, Malformed>>()?,
            opens_at: Moment::try_from(terms.opens_at).map_err(unfit("opens_at"))?,
            ends_at: Moment::try_from(terms.ends_at).map_err(unfit("ends_at"))?,
            extension: terms.extension.map(extension).transpose()?,
        };
        written.check().map(|()| written)
    }
}

fn format(format: auction::Format) -> Result<(Format, Option<Clock>), Malformed> {
    Ok(match format {
        auction::Format::Ascending => (Format::Ascending, None),
        auction::Format::SealedFirstPrice => (Format::SealedFirstPrice, None),
        auction::Format::SealedSecondPrice => (Format::SealedSecondPrice, None),
        auction::Format::Reverse => (Format::Reverse, None),
        auction::Format::Descending(clock) => {
            let step = Money::try_from(clock.step).map_err(unfit("clock.step"))?;
            let interval = Length::try_from(clock.interval).map_err(unfit("clock.interval"))?;
            let floor = Money::try_from(clock.floor).map_err(unfit("clock.floor"))?;
            (Format::Descending, Some(Clock { step, interval, floor }))
        }
    })
}

fn extension(extension: auction::Extension) -> Result<Extension, Malformed> {
    Ok(Extension {
        window: Length::try_from(extension.window).map_err(unfit("extension.window"))?,
        cap: Length::try_from(extension.cap).map_err(unfit("extension.cap"))?,
    })
}

impl Terms {
    /// As the rules need them, with the reserve where somebody knows it. Fails for a currency, a clock or a step
    /// table that cannot be.
    pub fn rules(&self, reserve: Option<Amount>) -> Result<auction::Terms, Malformed> {
        let steps: Vec<_> = self.steps.iter().map(|row| row_of_rules(*row)).collect();
        Ok(auction::Terms {
            format: self.format_of_rules()?,
            currency: Currency::new(&self.currency, self.exponent)
                .ok_or_else(|| Malformed::new("currency", "no currency"))?,
            start_price: self.start_price.into(),
            reserve,
            buy_now: self.buy_now.map(Amount::from),
            steps: StepTable::new(steps)
                .ok_or_else(|| Malformed::new("steps", "not rising from 0 in steps of at least one"))?,
            opens_at: self.opens_at.into(),
            ends_at: self.ends_at.into(),
            extension: self.extension.map(|extension| auction::Extension {
                window: extension.window.into(),
                cap: extension.cap.into(),
            }),
        })
    }

    fn format_of_rules(&self) -> Result<auction::Format, Malformed> {
        Ok(match (self.format, self.clock) {
            (Format::Ascending, _) => auction::Format::Ascending,
            (Format::SealedFirstPrice, _) => auction::Format::SealedFirstPrice,
            (Format::SealedSecondPrice, _) => auction::Format::SealedSecondPrice,
            (Format::Reverse, _) => auction::Format::Reverse,
            (Format::Descending, Some(clock)) => auction::Format::Descending(auction::Clock {
                step: clock.step.into(),
                interval: clock.interval.into(),
                floor: clock.floor.into(),
            }),
            (Format::Descending, None) => return Err(Malformed::new("clock", "missing")),
        })
    }
}

fn row_of_rules(row: Step) -> auction::Step {
    auction::Step { from: row.from.into(), step: row.step.into() }
}
