//! Invented names: stable for a bidder in one auction, telling nothing across auctions.

const MANNERS: [&str; 32] = [
    "Amber", "Bold", "Brisk", "Calm", "Clever", "Copper", "Daring", "Eager", "Early", "Fair", "Gentle",
    "Golden", "Hidden", "Ivory", "Jolly", "Keen", "Lucky", "Mellow", "Merry", "Nimble", "Olive", "Patient",
    "Proud", "Quick", "Quiet", "Ruby", "Silver", "Steady", "Sunny", "Velvet", "Wise", "Witty",
];

const ANIMALS: [&str; 32] = [
    "Badger", "Beaver", "Bison", "Crane", "Curlew", "Dolphin", "Egret", "Falcon", "Finch", "Fox", "Gull",
    "Hare", "Heron", "Ibis", "Jay", "Kestrel", "Lark", "Lynx", "Marten", "Newt", "Otter", "Owl", "Plover",
    "Puffin", "Raven", "Robin", "Seal", "Stork", "Swan", "Tern", "Wolf", "Wren",
];

/// The invented name of the bidder with this number in this auction. The first 1,024 bidders get different
/// pairs of words; later ones get a number behind.
pub fn invented_name(auction: i64, number: u32) -> String {
    let places = (MANNERS.len() * ANIMALS.len()) as u64;
    // An odd factor runs through all pairs before it repeats one.
    let index = u64::from(number).wrapping_mul(421).wrapping_add((auction as u64).wrapping_mul(577)) % places;
    let (manner, animal) = (MANNERS[index as usize / 32], ANIMALS[index as usize % 32]);
    match u64::from(number.saturating_sub(1)) / places {
        0 => format!("{manner} {animal}"),
        round => format!("{manner} {animal} {}", round + 1),
    }
}
