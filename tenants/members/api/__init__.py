"""Members over HTTP: for the seller's backend, for files, and for members themselves."""

from tenants.members.api.imports import MemberExportsController, MemberImportsController
from tenants.members.api.own import MeController, MyAddressesController, MyConsentsController
from tenants.members.api.persons import (
    MemberDuplicatesController,
    MemberMergePreviewsController,
    MemberMergesController,
    MemberPersonController,
)
from tenants.members.api.server import (
    AttributesController,
    MemberAddressesController,
    MemberConsentsController,
    MembersController,
)

ROUTES = [
    MembersController,
    MemberConsentsController,
    MemberAddressesController,
    AttributesController,
    MemberImportsController,
    MemberExportsController,
    MemberPersonController,
    MemberMergesController,
    MemberMergePreviewsController,
    MemberDuplicatesController,
    MeController,
    MyConsentsController,
    MyAddressesController,
]
TAGS = {
    "Members": "The shop's members, as its backend sees them. 会员",
    "Members (member)": "What a member sees and changes of their own. 会员本人",
}
