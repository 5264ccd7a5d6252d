"""The points mall: what members can have for their points, and its way to them.

Words: an *item* is what can be had: a voucher, somebody else's code, goods, or a benefit (free shipping, a level for a
while, something named); its *price* is points, money, or both, and can differ by level; a *redemption* is one exchange
of points for pieces of an item. It is *reserved* while money is still to come, then *to ship*, *shipped*, *done*; it is
*cancelled* before it was sent and *returned* afterwards.

Always true: no more goes out than there is stock, quota and budget, nor to one member than the limits say, however many
ask at once; one occasion redeems once; the points of a redemption are in the ledger, and when it is given up they are
back in the lots that they came from; every state has a row of history that says who and why; the price that a member
paid is the one that stood when they did.

Fact: `RedemptionChanged`, once for all that were changed together.
"""

from tenants.mall.rules.addresses import Address
from tenants.mall.rules.following import (
    STATES,
    cancel,
    complete,
    confirm_payment,
    give_back,
    release_due,
    ship,
)
from tenants.mall.rules.fulfilment import (
    Parcels,
    ShipmentReport,
    export,
    import_parcels,
    read_parcels,
)
from tenants.mall.rules.items import (
    Terms,
    change_item,
    change_stock,
    create_item,
    read_terms,
    remove_category,
    set_category,
    set_levels,
)
from tenants.mall.rules.news import RedemptionChange, RedemptionChanged
from tenants.mall.rules.pricing import LevelPrice, Price
from tenants.mall.rules.reading import Offer, offer, offers, preview
from tenants.mall.rules.redeeming import Redeemed, Redeeming, redeem, redeem_many
from tenants.mall.rules.refusals import (
    AddressNeeded,
    AddressUnknown,
    CategoryUnknown,
    IllegalStep,
    ItemEnded,
    ItemUnknown,
    LimitReached,
    NotForLevel,
    NotOnOffer,
    NotReturnable,
    OnceDiffers,
    OrderNeeded,
    PaymentDiffers,
    QuotaReached,
    RedemptionUnknown,
    SoldOut,
    StockBelowTaken,
    StockOnceDiffers,
    TermsFrozen,
    VoucherGone,
)

__all__ = [
    "STATES",
    "Address",
    "AddressNeeded",
    "AddressUnknown",
    "CategoryUnknown",
    "IllegalStep",
    "ItemEnded",
    "ItemUnknown",
    "LevelPrice",
    "LimitReached",
    "NotForLevel",
    "NotOnOffer",
    "NotReturnable",
    "Offer",
    "OnceDiffers",
    "OrderNeeded",
    "Parcels",
    "PaymentDiffers",
    "Price",
    "QuotaReached",
    "Redeemed",
    "Redeeming",
    "RedemptionChange",
    "RedemptionChanged",
    "RedemptionUnknown",
    "ShipmentReport",
    "SoldOut",
    "StockBelowTaken",
    "StockOnceDiffers",
    "Terms",
    "TermsFrozen",
    "VoucherGone",
    "cancel",
    "change_item",
    "change_stock",
    "complete",
    "confirm_payment",
    "create_item",
    "export",
    "give_back",
    "import_parcels",
    "offer",
    "offers",
    "preview",
    "read_parcels",
    "read_terms",
    "redeem",
    "redeem_many",
    "release_due",
    "remove_category",
    "set_category",
    "set_levels",
    "ship",
]
