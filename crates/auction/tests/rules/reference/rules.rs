//! What may be asked when, and what follows.

use crate::reference::ladder::step;
use crate::reference::sealed::pick;
use crate::reference::{Answer, Ask, End, HOUR, Kind, Line, Reference, SECOND, Said};

const MOST: i64 = 1_000_000_000_000;

type No = Result<(), &'static str>;

impl Reference {
    /// Asks at a moment; `seller` and the site may do what is theirs.
    pub fn ask(&mut self, ask: &Ask, now: i64) -> Answer {
        let at = now.max(self.last_at);
        if matches!(ask, Ask::BuyNow(_)) && self.listing.buy_now.is_none() {
            return Answer::Ignored("not_in_this_format");
        }
        if let Ask::Offer(who, _) | Ask::BuyNow(who) = *ask
            && !self.may_return(who, at)
        {
            return Answer::Ignored("took_back");
        }
        match ask {
            Ask::Close if self.end != End::No || at < self.ends => return Answer::Nothing,
            Ask::Away(from, to) if self.moved(*from, *to).is_none() => return Answer::Nothing,
            _ => {}
        }
        let before = self.clone();
        self.number += 1;
        let done = self.try_it(ask, at);
        self.last_at = at;
        match done {
            Ok(()) => {
                self.lose_buy_now();
                if matches!(ask, Ask::Offer(..) | Ask::Retract(_) | Ask::Cancel(..)) {
                    self.extend(&before, at);
                }
                Answer::Done
            }
            Err(code) => Answer::No(code),
        }
    }

    fn try_it(&mut self, ask: &Ask, at: i64) -> No {
        let open = self.end == End::No && self.listing.opens <= at && at < self.ends;
        let before_end = self.end == End::No && at < self.ends;
        let fits = match ask {
            Ask::Close | Ask::Away(..) | Ask::Accept => true,
            Ask::Withdraw(_) | Ask::LowerReserve(_) => before_end,
            _ => open,
        };
        if !fits {
            return Err("not_open");
        }
        match *ask {
            Ask::Offer(who, amount) => self.offer(who, amount, at),
            Ask::BuyNow(who) => self.buy(who, at),
            Ask::Retract(who) => self.retract(who, at),
            Ask::Cancel(whose, which) => {
                self.remove(|line| line.who == whose && which.is_none_or(|number| line.number == number))
            }
            Ask::LowerReserve(to) => self.lower(to, at),
            Ask::EndEarly => self.sell_now(at),
            Ask::Withdraw(moderator) => self.withdraw(moderator, at),
            Ask::Accept => self.accept(at),
            Ask::Close => {
                self.end = self.result(at);
                Ok(())
            }
            Ask::Away(from, to) => {
                self.ends = self.moved(from, to).unwrap();
                self.away += 1;
                Ok(())
            }
        }
    }

    fn may_return(&self, who: i64, at: i64) -> bool {
        let times: Vec<_> = self.took_back.iter().filter(|back| back.0 == who).collect();
        match times[..] {
            [] => true,
            [&(_, back, number)] => at - back <= HOUR || self.offered_after(who, number),
            _ => false,
        }
    }

    fn offered_after(&self, who: i64, number: u32) -> bool {
        let later = |line: &Line| line.who == who && line.number > number;
        self.lines.iter().any(later)
    }

    fn say(&mut self, who: i64, said: Said, at: i64) {
        let number = self.number;
        self.lines.push(Line { number, at, who, said, gone: false });
    }

    fn offer(&mut self, who: i64, amount: i64, at: i64) -> No {
        if amount > MOST {
            return Err("too_high");
        }
        if self.is_sealed() {
            if amount < self.listing.start {
                return Err("too_low");
            }
        } else {
            self.high_enough(who, amount)?;
        }
        self.frozen = true;
        self.say(who, Said::Offered(amount), at);
        Ok(())
    }

    fn high_enough(&self, who: i64, amount: i64) -> No {
        let tale = self.tale();
        let up = self.listing.kind == Kind::Ascending;
        if !up && amount < 1 {
            return Err("too_low");
        }
        if let Some((leader, own)) = tale.leader
            && leader == who
        {
            let better = if up { amount > own } else { amount < own };
            return if better { Ok(()) } else { Err("not_above_own") };
        }
        let bound = match tale.price {
            None => self.listing.start,
            Some(price) if up => price + step(&self.listing, price),
            Some(price) if price <= step(&self.listing, price) => price - 1,
            Some(price) => price - step(&self.listing, price),
        };
        match up {
            true if amount < bound => Err("too_low"),
            false if amount > bound => Err("too_high"),
            _ => Ok(()),
        }
    }

    fn buy(&mut self, who: i64, at: i64) -> No {
        if !self.buy_now {
            return Err("buy_now_gone");
        }
        self.frozen = true;
        self.end = End::Sold(who, self.listing.buy_now.unwrap());
        self.ends = at;
        self.buy_now = false;
        Ok(())
    }

    /// At the first bid, or when the reserve is met.
    fn lose_buy_now(&mut self) {
        let tale = self.tale();
        if let Some(price) = tale.price
            && tale.reserve.is_none_or(|reserve| price >= reserve)
        {
            self.buy_now = false;
        }
        if self.end != End::No {
            self.buy_now = false;
        }
    }

    fn remove(&mut self, chosen: impl Fn(&Line) -> bool) -> No {
        let mut found = false;
        for line in &mut self.lines {
            if !line.gone && matches!(line.said, Said::Offered(_)) && chosen(line) {
                line.gone = true;
                found = true;
            }
        }
        if found { Ok(()) } else { Err("nothing_to_take_back") }
    }

    fn retract(&mut self, who: i64, at: i64) -> No {
        let own = self
            .lines
            .iter()
            .filter(|line| !line.gone && line.who == who && matches!(line.said, Said::Offered(_)));
        let Some(last) = own.max_by_key(|line| line.number).copied() else {
            return Err("nothing_to_take_back");
        };
        if self.ends - at >= 12 * HOUR {
            self.remove(|line| line.who == who)?;
        } else if at - last.at > HOUR {
            return Err("too_late_to_take_back");
        } else if self.took_back.iter().any(|back| back.0 == who) {
            return Err("already_took_back");
        } else {
            self.remove(|line| line.number == last.number)?;
        }
        self.took_back.push((who, at, self.number));
        Ok(())
    }

    fn lower(&mut self, to: Option<i64>, at: i64) -> No {
        let length = self.listing.ends - self.listing.opens;
        if self.frozen && self.ends - at < (12 * HOUR).min(length / 2) {
            return Err("too_late_to_change");
        }
        let start = self.listing.start;
        let to = to.unwrap_or(start);
        let Some(now) = self.tale().reserve else {
            return Err("reserve_not_lower");
        };
        let lower = if self.listing.kind == Kind::Reverse {
            to > now && to <= start
        } else {
            to < now && to >= start
        };
        if !lower {
            return Err("reserve_not_lower");
        }
        self.say(0, Said::ReserveLowered(to), at);
        Ok(())
    }

    /// Sold to the leader if the reserve is met.
    fn result(&self, at: i64) -> End {
        let tale = self.tale();
        if self.is_sealed() {
            let standing = self.lines.iter().filter(|line| !line.gone);
            let winner = pick(&self.listing, tale.reserve, standing);
            return winner.map_or(End::Unsold(at), |(who, price)| End::Sold(who, price));
        }
        let met = |price: i64| match (tale.reserve, self.listing.kind) {
            (None, _) => true,
            (Some(most), Kind::Reverse) => price <= most,
            (Some(least), _) => price >= least,
        };
        match (tale.leader, tale.price) {
            (Some((who, _)), Some(price)) if met(price) => End::Sold(who, price),
            _ => End::Unsold(at),
        }
    }

    fn sell_now(&mut self, at: i64) -> No {
        let tale = self.tale();
        let end = match (tale.leader, tale.price) {
            (Some((who, _)), Some(price)) => End::Sold(who, price),
            _ => self.result(at),
        };
        let End::Sold(..) = end else {
            return Err("nothing_to_sell");
        };
        self.end = end;
        self.ends = at;
        Ok(())
    }

    fn withdraw(&mut self, moderator: bool, at: i64) -> No {
        if !moderator && self.count() > 0 && self.ends - at < 12 * HOUR {
            return Err("too_late_to_change");
        }
        self.end = End::Withdrawn;
        Ok(())
    }

    fn accept(&mut self, at: i64) -> No {
        let tale = self.tale();
        let (End::Unsold(closed), Some((who, _)), Some(price)) = (self.end, tale.leader, tale.price) else {
            return Err("nothing_to_sell");
        };
        if at > closed + 48 * HOUR {
            return Err("acceptance_expired");
        }
        self.end = End::Sold(who, price);
        Ok(())
    }

    fn extend(&mut self, before: &Reference, at: i64) {
        let Some((window, cap)) = self.listing.soft.filter(|_| !self.is_sealed()) else {
            return;
        };
        let (was, is) = (before.tale(), self.tale());
        let same_leader = was.leader.map(|leader| leader.0) == is.leader.map(|leader| leader.0);
        if (was.price != is.price || !same_leader) && at >= self.ends - window {
            self.ends = self.ends.max((at + window).min(self.listing.ends + cap));
        }
    }

    /// Where an outage moves the end to.
    fn moved(&self, from: i64, to: i64) -> Option<i64> {
        let window = match self.listing.soft {
            Some((window, _)) if !self.is_sealed() => window,
            _ => 120 * SECOND,
        };
        let touches = from < self.ends && to > self.ends - window;
        let moved = (to + window).min(self.listing.ends + 24 * HOUR);
        let so =
            self.end == End::No && to - from > 10 * SECOND && touches && self.away < 2 && moved > self.ends;
        so.then_some(moved)
    }
}
