"""The desk: Piccolo Admin for each shop's staff at `/admin/`, and another for the operators at `/operator/`.

Subjects say what lies on the desk (`tenants/*/admin.py`, in the words of `tenants.kit.desk`); this package shows it,
in Chinese and English, and stands guard. One application serves all tenants: the edge has said which one it is, and
has opened the transaction in which a change and its line in the audit trail are written.
"""

from admin.routes import ROUTES

__all__ = ["ROUTES"]
