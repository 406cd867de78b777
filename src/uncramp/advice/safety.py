"""When to call for help, when to see a doctor, when to stop.

The words are here and not in a data file, so that they are available when nothing else is.
"""

from uncramp.advice.leaflet import Leaflet, LeafletPart

SAFETY = Leaflet(
    id="safety",
    title="When to see a doctor, and when to stop",
    parts=(
        LeafletPart(
            "Call the emergency number now",
            points=(
                "Sudden breathlessness, chest pain, coughing blood or collapse, "
                "whether or not a leg hurts.",
                "Back pain, and you lose control of bladder or bowel.",
            ),
        ),
        LeafletPart(
            "See a doctor today: it can be a blood clot",
            points=(
                "One leg, calf or thigh, is swollen, warm, red or darker, "
                "or its pain is constant or worse when the foot is lifted.",
                "Pain or tenderness stays after the cramp has gone, or grows.",
                "Do not massage that leg and do not warm it.",
            ),
        ),
        LeafletPart(
            "Get medical advice at once",
            points=(
                "A cramp is still there after 10 minutes.",
                "Cramps come after a dirty wound or after contact with poison.",
                "You felt a sudden snap, see a bruise or cannot push off with the foot: "
                "the muscle may be torn.",
            ),
        ),
        LeafletPart(
            "Stop a routine",
            points=(
                "You feel faint, the skin hurts or blisters, numbness spreads, "
                "or a sharp pain comes.",
                "The leg is swollen, hot or red.",
            ),
        ),
        LeafletPart(
            "Make an appointment with a doctor",
            points=(
                "Cramps often disturb your sleep, or are frequent or long-lasting, above all "
                "if you are middle-aged or older and have other illnesses.",
                "A leg is numb, swollen or weak, its muscle shrinks, or it does not obey.",
                "You are also thirsty, pass water often, lose weight or are tired, "
                "or wounds heal slowly: ask for a diabetes check.",
                "The leg hurts when you walk and eases at rest, or a foot is cold or pale, "
                "or you have vessel disease, high blood pressure or high blood fats: "
                "it can be the arteries.",
                "Your back hurts, and the leg hurts or is numb.",
                "You take a new medicine, such as a statin or a diuretic, are pregnant, have "
                "kidney or liver disease, or are on dialysis: ask a doctor, a midwife or a "
                "pharmacist. Do not stop a prescribed medicine by yourself.",
            ),
        ),
        LeafletPart(
            "Ask a health professional before you begin",
            points=(
                "You are pregnant, have had a clot, take blood thinners or have large "
                "varicose veins.",
                "You have diabetes, numb feet, poor circulation in the legs or heart failure.",
                "You had an operation or a fracture lately, or have wounds.",
                "It is for a child, or for someone very frail.",
            ),
        ),
        LeafletPart(
            "Water and heat",
            points=(
                "Water of 38 to 40 °C (100 to 104 °F), never over 42 °C (108 °F), "
                "tested before the feet go in.",
                "If it hurts, take the feet out.",
                "Take the feet out before you add hot water, stir, and test it again.",
                "With diabetes, nerve damage or poor circulation, wash the feet and do not soak "
                "them: 32 to 35 °C (90 to 95 °F), for minutes only, then dry between the toes "
                "and look at the skin.",
                "A hot towel or bottle: hot and never boiling, a cloth between, about 10 minutes "
                "and not over 20, never on numb skin, and never asleep on it.",
                "After alcohol or sleeping pills, and in older age, pain warns late.",
                "Dry your feet and the floor before you stand up.",
            ),
        ),
        LeafletPart(
            "What this program is",
            words=(
                "It times home care for leg cramps. The routines come from massage and from "
                "traditional sources; only part of them has been tested, and none tells what "
                "you have or makes an illness go away. Use them at your own judgement, and stop "
                "whenever something hurts.",
            ),
        ),
    ),
    sources=(
        "NHS, leg cramps",
        "nidirect.gov.uk, HSE (hse.ie) and doctoori.net: signs of a clot and of an emergency",
        "“Is it really calcium?”, article on leg cramps",
        "Article on a stronger routine for night cramps, and on foot pain",
        "Antiscald, burn times by the heat of the water (antiscald.com)",
        "CDC foot care, wash and do not soak (in drugotc.com)",
        "Clínica Felipe Basas, heat of the water for washing (clinicafelipebasas.com)",
    ),
)
"""The safety page."""
