"""Return keys: three easy words and three digits with which a guest comes back to a class."""

import hashlib
import hmac
import re
import secrets
import unicodedata

WORDS = {
    "en": tuple(
        """
        amber anchor apple apron arrow autumn bacon badge bagel balloon bamboo banana barley
        basket beach beacon bell berry bicycle birch biscuit blanket blossom boat bonnet bottle
        bread breeze brick bridge broom brush bucket butter button cabin cactus camel candle canoe
        carpet carrot castle cedar chalk cherry circle clay cliff cloud clover cobalt cocoa coffee
        comet copper coral corner cotton cousin cradle crayon cricket crystal curtain daisy dolphin
        donkey dragon drum eagle earth elbow ember engine fabric falcon feather fern fiddle finch
        flame flute forest fountain fox garden garlic ginger glacier globe glove grape gravel guitar
        hammer harbour hazel helmet heron hill honey island ivory jacket jasmine jelly jungle kettle
        kitten ladder lake lantern lemon lilac lizard magnet mango maple marble meadow melon mirror
        monkey morning mountain muffin nectar needle nutmeg oak ocean olive onion orange orchid otter
        owl paddle panda paper parrot pasta peach pebble pencil pepper piano pigeon pillow pine planet
        plum pocket poem pony poppy potato prairie pumpkin puzzle quilt rabbit radio rain raven ribbon
        river robin rocket rose saddle sail salmon sand scarf shell silver sky slipper snow sparrow
        spoon spring star stone storm sugar summer sunset swan table teapot thunder tiger timber
        toast tomato tower train tulip tunnel turtle umbrella valley velvet village violin walnut
        water whale wheat willow window winter wood wool yellow zebra
        """.split()
    ),
    "pl": tuple(
        """
        agrest ananas arbuz atlas bagno balkon balon banan basen beczka bilet biurko bluszcz bocian
        borsuk bosman brama brzoza budka bukiet bursztyn but cebula chata chleb
        chmura cukier cyrkiel cytryna czajnik dach daktyl deska dolina domino drabina drewno drozd
        dynia dywan dzban dzwon echo ekran fala fasola figa flaga flamingo flet fontanna foka garnek
        gitara globus gniazdo grabie grono groszek gruszka gwiazda hamak herbata horyzont huba igloo
        imbir indyk iskra jagoda jarmark jaskinia jawor jesion jezioro kaktus kalina
        kamyk kanapa kapelusz karton kasztan kawa kino klamka klocek klon kobalt kocyk
        kogut koliber kolano komin kompas konik koral korona koszyk kotek kredka kropka krokus kubek
        kukurydza kurtka kwiat lampa las latarnia lato lawenda lilia lipa lis listek lodowiec lody
        lornetka makak makaron malina mango marzec maska melon miska mleko most motyl mucha muszla
        namiot narcyz niebo nosek obraz obrus ocean okno oliwka omlet opona orzech osa
        osika owoc palma papier papuga parasol parkiet pasek perkoz piasek pies pilot pingwin         planeta plecak pole pomidor poranek potok puchacz radio rakieta ranek rejs rodzynka rogalik
        rower rumianek ryba rzeka sad salon sarna ser serce skarpeta sklep skrzynia sok sosna
        sowa spacer sroka stopa strumyk studnia sufit szafa szalik szron szyba tarcza teatr
        torba trampek trawa truskawka tukan tulipan turysta ulica waga wagon walizka wanna wazon
        welon wiatrak wieczor wiosna wisienka woda wulkan wydma zamek zebra zegar ziarno
        zima zorza zupa
        """.split()
    ),
}
"""Words that are easily said and spelled; the Polish ones need no Polish letters."""

WORDS_IN_KEY = 3
DIGITS = 3
STROKED = str.maketrans({"ł": "l", "Ł": "L"})


def new_key(locale: str) -> str:
    """Return a key in somebody's language, such as ``maple-river-lantern-407``."""
    words = WORDS.get(locale, WORDS["en"])
    chosen = [secrets.choice(words) for _ in range(WORDS_IN_KEY)]
    return "-".join([*chosen, f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"])


def read_key(typed: str) -> str:
    """Return what was typed as a key: case, accents and what stands between words are nothing."""
    plain = unicodedata.normalize("NFKD", typed.translate(STROKED)).casefold()
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return "-".join(re.findall(r"[a-z]+|\d+", bare))


def key_hash(secret: str, class_id: int, key: str) -> str:
    """Return what is kept of a key.

    It is keyed with the site's secret, so that a copy of the database alone does not let anybody
    try all keys; the class is in it, so that a key opens one class.
    """
    said = f"class {class_id}: {read_key(key)}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()
