"""Pictures at the desk: what is kept, how large it is, and who uploaded it."""

from __future__ import annotations

from tenants.kit.desk import AdminTable, Column
from tenants.kit.words import Words
from tenants.pictures.tables import Picture

TABLES = (
    AdminTable(
        Picture,
        name=Words(en="Pictures", zh="图片"),
        group=Words(en="Pictures", zh="图片"),
        help=Words(en="Uploaded for polls and surveys; each content is kept once.", zh="为投票与问卷上传的图片；内容相同的只保存一份。"),
        columns=(
            Column("created_at", Words(en="When", zh="上传时间"), filter=True),
            Column("width", Words(en="Width", zh="宽度")),
            Column("height", Words(en="Height", zh="高度")),
            Column("media_type", Words(en="Kind", zh="格式"), filter=True),
            Column("bytes", Words(en="Bytes", zh="字节数"), sql="octet_length(t.content)"),
            Column("recorded_by", Words(en="Uploaded by", zh="上传者"), in_list=False),
        ),
        readable=("created_at",),
        order="-created_at",
    ),
)  # fmt: skip
FORMS = ()
