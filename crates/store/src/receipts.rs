//! Signed envelopes about auctions of the network, byte for byte as the hub had them: with these anybody can check an
//! auction afterwards. An envelope is there once, whatever it is about.

use journal::{Error, Tx, args};

/// An envelope and its place among those of its site.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The key of the site that signed it.
    pub site: &'a [u8; 32],
    /// Which of the site's streams; microseconds since 1970.
    pub epoch: u64,
    /// Its number in the stream.
    pub number: u64,
    /// The envelope.
    pub bytes: &'a [u8],
}

journal::statements! {
    /// Statements on `envelopes` and `receipts`.
    pub STATEMENTS;
    FIND = "SELECT id FROM envelopes WHERE site = $1 AND epoch = $2 AND number = $3";
    KEEP = "INSERT INTO envelopes (site, epoch, number, bytes) VALUES ($1, $2, $3, $4) RETURNING id";
    ABOUT = "INSERT INTO receipts (auction, envelope, listing) VALUES ($1, $2, $3)
        ON CONFLICT (auction, envelope) DO NOTHING";
    LISTED = "SELECT 1 FROM receipts WHERE auction = $1 AND listing = $2 LIMIT 1";
    OF_SITE = "SELECT e.bytes FROM receipts r JOIN envelopes e ON e.id = r.envelope
        WHERE r.auction = $1 AND e.site = $2 ORDER BY r.envelope LIMIT $3";
    OF_OTHERS = "SELECT e.bytes FROM receipts r JOIN envelopes e ON e.id = r.envelope
        WHERE r.auction = $1 AND e.site <> $2 ORDER BY r.envelope LIMIT $3";
}

/// Keeps an envelope; gives its number here.
pub fn keep(tx: &mut Tx<'_>, envelope: &Envelope<'_>) -> Result<i64, Error> {
    // Numbers of the protocol fit: a log that counts further does not exist.
    let place = (envelope.epoch.cast_signed(), envelope.number.cast_signed());
    if let Some(known) = tx.one(&FIND, args![envelope.site, place.0, place.1], |row| row.int(0))? {
        return Ok(known);
    }
    let new = tx.one(&KEEP, args![envelope.site, place.0, place.1, envelope.bytes], |row| row.int(0))?;
    new.ok_or(Error::Unknown)
}

/// An envelope is about an auction. `listing`: the hash of what the listing in it offers; none for what is no listing.
pub fn about(tx: &mut Tx<'_>, auction: i64, envelope: i64, listing: Option<&[u8; 32]>) -> Result<(), Error> {
    tx.run(&ABOUT, args![auction, envelope, listing]).map(drop)
}

/// Whether a listing that offers the same is kept.
pub fn has_listing(tx: &mut Tx<'_>, auction: i64, listing: &[u8; 32]) -> Result<bool, Error> {
    tx.one(&LISTED, args![auction, listing], |row| row.int(0)).map(|found| found.is_some())
}

/// The envelopes about an auction, those of its own site first, each in the order in which they came; so many at most.
pub fn of(tx: &mut Tx<'_>, auction: i64, origin: &[u8; 32], limit: usize) -> Result<Vec<Vec<u8>>, Error> {
    let mut found = tx.all(&OF_SITE, args![auction, origin, limit], |row| row.blob(0))?;
    let left = limit.saturating_sub(found.len());
    found.extend(tx.all(&OF_OTHERS, args![auction, origin, left], |row| row.blob(0))?);
    Ok(found)
}
