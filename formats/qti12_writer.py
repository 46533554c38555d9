"""A quiz as a package that Canvas imports: a manifest, the questions in QTI 1.2, what Canvas wants to know of the quiz,
and the pictures."""

import hashlib
import io
import json
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from formats.exported import Exported
from formats.qti12_writing import field, write_item
from formats.quizhall_zip import images_of, new_entry
from formats.xml_writing import as_html, clean

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
# A quiz without it is refused; the rest is Canvas's own to choose.
_SETTINGS = {
    "shuffle_answers": "false",
    "scoring_policy": "keep_highest",
    "hide_results": "",
    "quiz_type": "assignment",
    "show_correct_answers": "true",
    "allowed_attempts": "1",
    "one_question_at_a_time": "false",
    "cant_go_back": "false",
    "available": "false",
}


def export(quiz: dict[str, Any], images: Mapping[str, bytes]) -> Exported:
    """Quiz JSON to a zip of QTI 1.2."""
    exported = Exported(type="application/zip", extension=".zip")
    # The same quiz imported again takes the place of the first one in Canvas.
    ident = "quizhall_" + hashlib.sha256(json.dumps(quiz["questions"], sort_keys=True).encode()).hexdigest()[:32]
    title = " ".join(clean(quiz["title"]).split())
    root, count, shown = _questions(quiz, ident, title, images, exported)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, element in (
            ("imsmanifest.xml", _manifest(ident, title, shown)),
            (f"{ident}/{ident}.xml", root),
            (f"{ident}/assessment_meta.xml", _settings(ident, title, quiz.get("description") or "", count)),
        ):
            packed.writestr(new_entry(name), _text_of(element), zipfile.ZIP_DEFLATED)
        for name in shown:
            packed.writestr(new_entry(f"web_resources/quizhall/{name}"), images[name])
    exported.data = file.getvalue()
    return exported


def _text_of(element: Element) -> bytes:
    ElementTree.indent(element)
    written: bytes = ElementTree.tostring(element, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _questions(
    quiz: dict[str, Any], ident: str, title: str, images: Mapping[str, bytes], exported: Exported
) -> tuple[Element, int, list[str]]:
    """(the document, how many of its items score, the pictures they show)."""
    root = Element("questestinterop", xmlns=_QTI)
    assessment = SubElement(root, "assessment", ident=ident, title=title)
    field(SubElement(assessment, "qtimetadata"), "cc_maxattempts", "1")
    section = SubElement(assessment, "section", ident="root_section")
    written = []
    for number, question in enumerate(quiz["questions"], start=1):
        has_image = all(name in images for name in images_of([question]))
        item = write_item(question, number, f"{ident}_{number}", exported, has_image=has_image)
        if item is not None:
            section.append(item)
            written.append(question)
    shown = [name for name in images_of(written) if name in images]
    return root, sum(question["kind"] != "info" for question in written), shown


def _settings(ident: str, title: str, description: str, count: int) -> Element:
    """Canvas's assessment_meta.xml."""
    quiz = Element("quiz", xmlns=_CANVAS, identifier=ident)
    SubElement(quiz, "title").text = title
    SubElement(quiz, "description").text = f"<p>{as_html(description)}</p>" if description else ""
    for name, value in _SETTINGS.items():
        SubElement(quiz, name).text = value
    SubElement(quiz, "points_possible").text = f"{count}.0"
    return quiz


def _manifest(ident: str, title: str, shown: list[str]) -> Element:
    root = Element("manifest", xmlns=_MANIFEST, identifier=f"{ident}_manifest")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    questions = SubElement(resources, "resource", identifier=ident, type="imsqti_xmlv1p2")
    SubElement(questions, "file", href=f"{ident}/{ident}.xml")
    SubElement(questions, "dependency", identifierref=f"{ident}_meta")
    about = f"{ident}/assessment_meta.xml"
    meta = SubElement(resources, "resource", identifier=f"{ident}_meta", type=_META, href=about)
    SubElement(meta, "file", href=about)
    for name in shown:
        path = f"web_resources/quizhall/{name}"
        picture = SubElement(resources, "resource", identifier=f"{ident}_{name[:16]}", type="webcontent", href=path)
        SubElement(picture, "file", href=path)
    return root
