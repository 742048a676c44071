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
    OF = "SELECT e.bytes FROM receipts r JOIN envelopes e ON e.id = r.envelope WHERE r.auction = $1
        ORDER BY r.envelope LIMIT $2";
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

/// An envelope is about an auction. `listing`: the version of the listing in it; 0 for what is no listing.
pub fn about(tx: &mut Tx<'_>, auction: i64, envelope: i64, listing: u32) -> Result<(), Error> {
    tx.run(&ABOUT, args![auction, envelope, listing]).map(drop)
}

/// Whether a listing in this version is kept.
pub fn has_listing(tx: &mut Tx<'_>, auction: i64, version: u32) -> Result<bool, Error> {
    tx.one(&LISTED, args![auction, version], |row| row.int(0)).map(|found| found.is_some())
}

/// The envelopes about an auction in the order in which they came; so many at most.
pub fn of(tx: &mut Tx<'_>, auction: i64, limit: usize) -> Result<Vec<Vec<u8>>, Error> {
    tx.all(&OF, args![auction, limit], |row| row.blob(0))
}
