"""Piccolo Admin's page as we serve it: the installed bundle with a few places changed, and its words in Chinese.

The bundle has sentences written into it in English only, shows raw column names where it sorts and exports, offers
buttons to people who may not use them, asks for choices in text boxes, and writes CSV files that spreadsheets read
wrongly or run as formulas. Each change below names the exact text that it replaces and how often it must occur, so
that a new version of Piccolo Admin in which something moved stops the start with its name instead of going unnoticed.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from piccolo_admin.endpoints import ASSET_PATH
from piccolo_admin.translations.data import ENGLISH, SIMPLIFIED_CHINESE
from piccolo_admin.translations.models import Translation

_FOLDER = Path(ASSET_PATH) / "assets"
_PAGES = Path(__file__).parent / "pages"
_KINDS = {
    ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One piece of the bundle that is served differently."""

    old: str
    new: str
    times: int = 1


class BundleMoved(RuntimeError):
    """Piccolo Admin's bundle is not the one that our changes were written for."""


CHANGES: tuple[Change, ...] = (
    # Forms get the same fields as tables: choices, search for a row, help, multi-line text.
    Change("components:{NewForm:Y_,FormErrors:qM}", "components:{NewForm:ZA,FormErrors:qM}"),
    Change(
        'z0(s,{schema:e.schema},null,8,["schema"]),t0("button",ow',
        'z0(s,{row:e.schema.extra.row,schema:e.schema},null,8,["row","schema"]),t0("button",ow',
    ),
    # A form that is shown again is a new occasion: it fetches its schema (with a fresh `once`) and begins empty.
    Change(
        'R0(c,{key:0,formSlug:e.formSlug,schema:e.schema},null,8,["formSlug","schema"])',
        'R0(c,{key:e.schema.extra.row.once,formSlug:e.formSlug,schema:e.schema},null,8,["formSlug","schema"])',
    ),
    Change(
        "resetForm(){this.successMessage=null,this.errors=[]}",
        'async resetForm(){await this.$store.dispatch("fetchFormSchema",this.formSlug);this.successMessage=null,this.errors=[]}',
    ),
    Change(
        '(Z(!0),p0(W0,null,Q0(e.schema.properties,(b,l)=>{var z,A;return Z(),p0("div",{key:l},[',
        '(Z(!0),p0(W0,null,Q0(e.schema.properties,(b,l)=>{var z,A;return Z(),p0("fieldset",'
        '{key:l,disabled:b.extra.read_only||null,class:b.extra.hidden?"desk-hidden":"desk-field"},[',
    ),
    # Buttons only for those who may.
    Change(
        'z0(p,{to:{name:"addRow",params:{tableName:e.tableName}},class:"button",',
        'z0(p,{to:{name:"addRow",params:{tableName:e.tableName}},class:e.schema.extra.may_create?"button":"desk-hidden",',
    ),
    Change(
        'e.selectedRows.length>0?(Z(),p0("a",{key:0,class:"button",href:"#"',
        'e.selectedRows.length>0&&e.schema.extra.may_change?(Z(),p0("a",{key:0,class:"button",href:"#"',
    ),
    Change(
        "e.selectedRows.length>0?(Z(),R0(s,{key:1,selected",
        "e.selectedRows.length>0&&e.schema.extra.may_delete?(Z(),R0(s,{key:1,selected",
    ),
    Change(
        'z0(b,{includeTitle:!0,class:"subtle delete",',
        'z0(b,{includeTitle:!0,class:e.schema.extra.may_delete?"subtle delete":"desk-hidden",',
    ),
    Change(
        't0("p",null,[t0("a",{class:"subtle",href:"#","data-uitest":"drop_down_button"',
        't0("p",{class:e.schema.extra.may_delete?"":"desk-hidden"},[t0("a",{class:"subtle",href:"#","data-uitest":"drop_down_button"',
    ),
    Change(
        't0("button",{disabled:!e.saveButtonEnabled,"data-uitest":"save_button"}',
        't0("button",{class:e.schema.extra.may_change?"":"desk-hidden",disabled:!e.saveButtonEnabled,"data-uitest":"save_button"}',
    ),
    Change(
        't0("h1",null,M0(e.$t("Edit"))+" "+M0(e.readable(e.tableName)),1)',
        't0("h1",null,M0(e.$t(e.schema.extra.may_change?"Edit":"View"))+" "+M0(e.readable(e.tableName)),1)',
    ),
    Change("z!=e.schema.extra.primary_key_name&&l.extra.unique==!1?", "!l.extra.read_only&&l.extra.unique==!1?"),
    # Piccolo's own second factor and time zones are not used here.
    Change(
        't0("li",null,[t0("a",{href:"./api/mfa-setup/"',
        't0("li",{class:"desk-hidden"},[t0("a",{href:"./api/mfa-setup/"',
    ),
    Change(
        't0("li",null,[t0("a",{href:"#",onClick:t[4]||(t[4]=B0((...p)=>e.showTimezoneModal',
        't0("li",{class:"desk-hidden"},[t0("a",{href:"#",onClick:t[4]||(t[4]=B0((...p)=>e.showTimezoneModal',
    ),
    # Titles instead of the names of columns.
    Change(
        't0("option",{value:e.schema.extra.primary_key_name},M0(e.schema.extra.primary_key_name),9,l_)',
        't0("option",{value:e.schema.extra.primary_key_name},M0(e.$t("Time of entry")),9,l_)',
    ),
    Change(
        '(M,b)=>(Z(),p0("option",{key:b,value:b},M0(b),9,z_))',
        '(M,b)=>(Z(),p0("option",{key:b,value:b,disabled:M.extra.unordered},M0(M.title),9,z_))',
    ),
    Change(
        't0("label",{for:"csv_"+m},M0(m),9,kB)',
        't0("label",{for:"csv_"+m},M0(a.value.properties[m]?a.value.properties[m].title:"ID"),9,kB)',
    ),
    Change('t0("span",z9,M0(s.columnName),1)', 't0("span",z9,M0(s.columnTitle),1)'),
    # CSV for spreadsheets: a byte order mark, titles, no formulas, and an empty table is a file with its head only.
    Change(
        'T+=[Object.keys(y[0]).join(i.value),...y.map(j=>Object.values(j).map(H=>`"${d(String(H),\'"\',\'""\')}"`).join(i.value))].join(`\n`);',
        'const DK=p.value,DP=a.value.properties,DV=H=>{let x=H==null?"":String(H);'
        'if(/^[=+\\-@\\t\\r\\0＝＋－＠]/.test(x)&&!/^[+-]?[0-9.]+$/.test(x))x="\'"+x;return `"${d(x,\'"\',\'""\')}"`},'
        'DC=(j,k)=>{const P=DP[k];if(P&&P.extra.foreign_key)return j[k+"_readable"];'
        "if(P&&P.extra.choices&&P.extra.choices[j[k]])return P.extra.choices[j[k]].display_name;return j[k]};"
        'T+="\\ufeff"+[DK.map(k=>DV(DP[k]?DP[k].title:"ID")).join(i.value),...y.map(j=>DK.map(k=>DV(DC(j,k))).join(i.value))].join("\\r\\n");',
    ),
    # Sentences.
    Change('title:"Click for more info"', 'title:uc.global.t("Help")'),
    Change(' All ",8,uE)', ' "+M0(e.$t("All"))+" ",9,uE)'),
    Change(' All ",8,DT)', ' "+M0(e.$t("All"))+" ",9,DT)'),
    Change(' Null ",8,fE)', ' — ",8,fE)'),
    Change(' Null ",8,xT)', ' — ",8,xT)'),
    Change(' True ",8,FT)', ' "+M0(e.$t("True"))+" ",9,FT)'),
    Change(' False ",8,$T)', ' "+M0(e.$t("False"))+" ",9,$T)'),
    Change(
        'placeholder(){return this.isFilter?"All":this.isNullable&&this.value===null?"NULL":""}',
        'placeholder(){return this.isFilter?uc.global.t("All"):""}',
    ),
    Change('[t0("code",null,"NULL",-1)]', '[t0("span",null,"—",-1)]'),
    Change(
        'placeholder:e.isFilter?"All":"None",type:"text"', 'placeholder:e.$t(e.isFilter?"All":"Choose …"),type:"text"'
    ),
    Change(
        'onClick:t[1]||(t[1]=B0(s=>e.selectResult(null,""),["prevent"]))},"All")',
        'onClick:t[1]||(t[1]=B0(s=>e.selectResult(null,""),["prevent"]))},M0(e.$t("All")),1)',
    ),
    Change('selectResult(null,"Null"),["prevent"]))},"None")', 'selectResult(null,""),["prevent"]))},"—")'),
    Change("title:`Select a row from ${e.readableTableName}`", 'title:e.$t("Choose")'),
    Change('placeholder:"Type here to filter",type:"search"', 'placeholder:e.$t("Type to search"),type:"search"'),
    Change('t[5]||(t[5]=U0(" Load more",-1))', 'U0(" "+M0(e.$t("Load more")),1)'),
    Change(",value:r},M0(r),9,bT)", ",value:r},M0(o.$t(r)),9,bT)"),
    Change(",value:c.value},M0(c.label),9,OT)", ",value:c.value},M0(e.$t(c.label)),9,OT)"),
    Change('t[0]||(t[0]=U0("Error",-1))', 'U0(M0(e.$t("Error")),1)'),
    Change("label:`${c} per page`", 'label:c+" "+e.$t("per page")'),
    Change('t0("li",QB,"of "+M0(e.pageCount),1)', 't0("li",QB,"/ "+M0(e.pageCount),1)'),
    Change('q[5]||(q[5]=U0(" Columns",-1))', 'U0(" "+M0(O.$t("Columns")),1)'),
    Change('},"Toggle all",512)', '},M0(O.$t("Toggle all")),513)'),
    Change(
        '[q[6]||(q[6]=t0("label",{for:"include_readable"},"Include readable",-1)),x0(t0("input",{type:"checkbox",id:"include_readable"',
        '[x0(t0("input",{type:"checkbox",class:"desk-hidden",id:"include_readable"',
    ),
    Change('[t[4]||(t[4]=t0("label",null,"Set null:",-1)),', '[t0("label",null,M0(e.$t("Set empty")),1),'),
    Change('title:"Bulk Update"', 'title:e.$t("Bulk Update")'),
    Change('U0(M0(e.$t("About"))+" Piccolo ",1)', 'U0(M0(e.$t("About"))+" Piccolo Admin",1)'),
    *(
        Change(f'contents:"{text}"', f'contents:uc.global.t("{text}")', times)
        for text, times in (
            ("Successfully added row", 1),
            ("Successfully saved row", 1),
            ("Unable to delete the row.", 1),
            ("Successfully updated rows", 1),
            ("Invalid column name or value", 1),
            ("The form has errors.", 3),
        )
    ),
    *(
        Change(f'this.showSuccess("{text}")', f'this.showSuccess(uc.global.t("{text}"))')
        for text in (
            "Successfully applied filter",
            "Successfully cleared filters",
            "Successfully deleted row",
            "Successfully deleted rows",
        )
    ),
    Change('alert("Successfully deleted row")', 'alert(uc.global.t("Successfully deleted row"))'),
    Change('window.confirm("Are you sure you want to logout?")', 'window.confirm(uc.global.t("Sign out now?"))'),
    Change(
        'window.confirm("Are you sure you want to delete this row?")', 'window.confirm(uc.global.t("Delete this row?"))'
    ),
    Change("confirm(`Are you sure you want to delete row ${e}?`)", 'confirm(uc.global.t("Delete this row?"))'),
    Change(
        'confirm("Are you sure you want to delete the selected rows?")',
        'confirm(uc.global.t("Delete the selected rows?"))',
    ),
    Change("`Unable to delete row ${this.selectedRows[e]} (${n})`", 'uc.global.t("Unable to delete the row.")+" "+n'),
    Change(
        "contents:`Problem fetching ${o} rows.`",
        'contents:(i.response&&i.response.data&&i.response.data.detail)||uc.global.t("The rows could not be read.")',
    ),
    Change(
        "contents:`Changed password successfully. You will be redirected\n                        to log in with your new credentials.`",
        'contents:uc.global.t("The password is changed. Sign in with the new one.")',
    ),
    Change("contents:`Error - ${t.response.data.detail}`", "contents:t.response.data.detail"),
    # A problem (RFC 9457) is JSON too.
    Change('e.type=="application/json"?JSON.parse', 'e.type.includes("json")?JSON.parse'),
    # Somebody may be called Null.
    Change(
        'if(o=="null")return null;const r=n.properties[t],i=(c=r.extra)==null?void 0:c.nullable;return',
        "const r=n.properties[t],i=(c=r.extra)==null?void 0:c.nullable;"
        'if(o=="null"&&(r.extra.choices||Jt(r)=="boolean"))return null;return',
    ),
    # What the server says is what is shown.
    Change(
        "e.detail.map(o=>`${o.loc[o.loc.length-1]} field - ${o.msg}`)",
        "e.detail.map(o=>`${o.loc[o.loc.length-1]}: ${o.msg}`)",
    ),
    Change(
        'typeof e=="object"?[JSON.stringify(e)]:[e]}function Xb',
        'typeof e=="object"?[typeof e.detail=="string"?e.detail:JSON.stringify(e)]:[e]}function Xb',
    ),
    Change('Page not found"),alert("Page not found")', 'Page not found"),alert(uc.global.t("Page not found"))'),
    Change('"Method not supported - running in read only mode."', 'uc.global.t("This cannot be changed here.")'),
    # After a change of language everything is said again by the server.
    Change(
        'async updateLanguage(e){await this.$store.dispatch("loadTranslation",e),',
        'async updateLanguage(e){await this.$store.dispatch("loadTranslation",e),location.reload(),',
    ),
    Change(
        "const n=o.translations.map(c=>c.language_code.toLowerCase());let r=null;const i=LO.getDefaultLanguage();",
        "const n=o.translations.map(c=>c.language_code.toLowerCase());let r=null;const i=document.documentElement.lang;",
    ),
)

_CHINESE = {
    "All": "全部", "True": "是", "False": "否", "Choose …": "请选择……", "Choose": "选择", "Type to search": "输入以搜索",
    "Help": "说明", "Load more": "加载更多", "contains": "包含", "exact": "等于", "starts": "开头是", "ends": "结尾是", "Equals": "等于",
    "Not Equal": "不等于", "Less Than": "小于", "Less Than or Equal To": "不大于", "Greater Than or Equal To": "不小于",
    "Greater Than": "大于", "Error": "出错了", "per page": "条/页", "Columns": "列", "Toggle all": "全选/全不选",
    "Set empty": "设为空", "The password is changed. Sign in with the new one.": "密码已修改，请用新密码登录。", "Bulk Update": "批量修改", "Successfully added row": "已添加", "Successfully saved row": "已保存",
    "Unable to delete the row.": "无法删除。", "Successfully updated rows": "已修改所选的行", "View": "查看",
    "Invalid column name or value": "列或值无效，未修改", "The form has errors.": "表单有误，请检查。",
    "Successfully applied filter": "已应用筛选", "Successfully cleared filters": "已清除筛选",
    "Successfully deleted row": "已删除", "Successfully deleted rows": "已删除所选的行", "Sign out now?": "确定要退出登录吗？",
    "Delete this row?": "确定要删除这一行吗？", "Delete the selected rows?": "确定要删除所选的行吗？",
    "The rows could not be read.": "无法读取数据。", "Page not found": "页面不存在", "This cannot be changed here.": "此处不能修改。",
    "Tables": "数据", "Forms": "操作", "Home": "首页", "Login": "登录", "Log Out": "退出登录", "of": "/", "result(s)": "条结果",
    "Filter": "筛选", "Show Filters": "筛选", "Hide Filters": "收起筛选", "Clear filters": "清除筛选", "Sort by": "排序方式",
    "Ascending": "从小到大", "Descending": "从大到小", "rows": "行", "Showing": "显示", "Add Row": "添加", "Welcome to": "欢迎来到",
    "Select a table in the sidebar to get started.": "请在左侧选择要查看的数据或要做的操作。", "Time of entry": "录入时间",
    "Form submitted": "已完成", "Use again": "再做一次", "Back to home page": "返回首页", "New value": "新的值",
    "Show referencing tables": "显示相关数据", "Hide referencing tables": "收起相关数据", "with a matching": "——",
    "Thanks for using Piccolo Admin.": "本页面基于 Piccolo Admin。", "Select a column to update": "选择要修改的列",
    "selected result(s) on": "行已选，", "page": "第几页：",
}  # fmt: skip
_PLAIN = {
    "Tables": "Data", "Forms": "Actions", "Add Row": "Add", "Sort": "Sort", "Form submitted": "Done", "with a matching": "—",
    "Select a table in the sidebar to get started.": "Choose what to look up, or what to do, in the sidebar.",
    "Help": "Help",
    "Show referencing tables": "Show related data", "Hide referencing tables": "Hide related data",
    "contains": "contains", "exact": "is", "starts": "starts with", "ends": "ends with", "True": "Yes", "False": "No",
}  # fmt: skip

LANGUAGES: dict[str, Translation] = {
    "en": Translation(language_name="English", language_code="en", translations={**ENGLISH.translations, **_PLAIN}),
    "zh": Translation(
        language_name="简体中文", language_code="zh", translations={**SIMPLIFIED_CHINESE.translations, **_CHINESE}
    ),
}

STYLE = """
.desk-hidden{display:none!important}
fieldset.desk-field{border:0;margin:0;padding:0;min-width:0}
fieldset.desk-field[disabled] input,fieldset.desk-field[disabled] select,fieldset.desk-field[disabled] textarea{opacity:.7}
th,h1,.sidebar a,.sidebar span,.sidebar p{text-transform:none!important}
td,td a{word-break:keep-all}
select,p#result_count{text-transform:none!important}
select{padding-right:2rem!important}
div#page_size select{width:auto!important}
#success_message{white-space:pre-wrap;overflow-wrap:anywhere}
body,button,input,select,textarea{font-family:system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
@media (max-width:640px){#nav h1{font-size:1rem}}
"""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served: its bytes, packed and plain, its type and its name for caches."""

    body: bytes
    packed: bytes
    media_type: str
    tag: str


@functools.cache
def assets() -> dict[str, Asset]:
    """The files under `assets/` by name. Raises BundleMoved when the installed bundle is another one."""
    found: dict[str, Asset] = {}
    for path in (*_FOLDER.iterdir(), _PAGES / "login.css", _PAGES / "icon.svg"):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".js":
            text = change(text)
        elif path.parent == _FOLDER and path.suffix == ".css":
            text += STYLE
        kind = _KINDS.get(path.suffix)
        if kind:
            body = text.encode()
            tag = hashlib.sha256(body).hexdigest()[:20]
            found[path.name] = Asset(body, gzip.compress(body, 6, mtime=0), kind, f'"{tag}"')
    return found


def change(text: str) -> str:
    """The bundle with our changes. Raises BundleMoved if a place is not as it was."""
    for each in CHANGES:
        count = text.count(each.old)
        if count != each.times:
            raise BundleMoved(f"{count} instead of {each.times} of {each.old[:120]!r} in Piccolo Admin's bundle")
        text = text.replace(each.old, each.new)
    return text


@functools.cache
def index_template() -> str:
    """Piccolo Admin's page, with places for the language and the title."""
    text = (Path(ASSET_PATH) / "index.html").read_text(encoding="utf-8")
    for old, new in (
        ('<html lang="en">', '<html lang="{language}">'),
        ("<title>Piccolo Admin</title>", '<title>{title}</title>\n  <link rel="icon" href="./assets/icon.svg">'),
    ):
        if text.count(old) != 1:
            raise BundleMoved(f"{old!r} is not in Piccolo Admin's page")
        text = text.replace(old, new)
    return text
