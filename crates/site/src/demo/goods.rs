//! What is for sale in the demonstration.

/// One thing: title, description, start price, what it is worth to somebody, reserve.
pub(super) struct Goods {
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) start: u32,
    pub(super) worth: u32,
    pub(super) reserve: Option<u32>,
}

const fn goods(
    title: &'static str,
    description: &'static str,
    start: u32,
    worth: u32,
    reserve: Option<u32>,
) -> Goods {
    Goods { title, description, start, worth, reserve }
}

/// Everything that is listed, again and again.
pub(super) const GOODS: [Goods; 18] = [
    goods(
        "Station clock, 1962",
        "Runs, keeps time within a minute a week. Face 60 cm, one scratch at seven.",
        40,
        310,
        Some(120),
    ),
    goods(
        "Fishing weekend for two",
        "Cabin, boat and breakfast on the lake. Given by the angling club for its youth fund.",
        80,
        420,
        None,
    ),
    goods(
        "Box of 45 rpm singles",
        "About 120, mostly soul and beat, sleeves in fair order. Not sorted.",
        15,
        95,
        None,
    ),
    goods(
        "Hand-bound cookbook",
        "Four generations of one village, typeset and bound by the school.",
        10,
        60,
        None,
    ),
    goods(
        "Oak workbench",
        "Two metres, two vices, as old as my grandfather. Bring a trailer.",
        60,
        340,
        Some(150),
    ),
    goods("Telescope, 114 mm", "With two eyepieces and a tripod that does not wobble.", 35, 180, None),
    goods(
        "Signed football",
        "By the whole team that went up in the spring. With a photograph of the signing.",
        25,
        260,
        Some(60),
    ),
    goods("Weekend with a red tractor", "You drive. Insurance is ours, diesel is yours.", 20, 150, None),
    goods("Enamel coffee pot", "Blue, no chips inside, whistles.", 8, 45, None),
    goods("Portrait in oil, unknown lady", "Around 1910, frame of the time, relined.", 90, 520, Some(200)),
    goods(
        "Mechanical camera with three lenses",
        "50, 35 and 135 mm. Shutter tested at all speeds.",
        50,
        240,
        None,
    ),
    goods("A row of seats from the old cinema", "Four of them, red velvet, to be picked up.", 30, 210, None),
    goods("Bread for a year", "One loaf each Saturday from the bakery on the square.", 45, 230, None),
    goods(
        "Beehive, with bees",
        "A calm colony in a new hive. Help for the first year included.",
        55,
        190,
        Some(100),
    ),
    goods("Wooden sledge", "Restored, new runners, carries two and a dog.", 12, 70, None),
    goods("First edition, local history", "Two volumes of 1887 with all maps.", 40, 280, Some(90)),
    goods("Cello, student size", "Set up last month, with bow and soft case.", 120, 650, Some(300)),
    goods("Garden table of slate", "Six places, very heavy, will outlive us.", 35, 160, None),
];
