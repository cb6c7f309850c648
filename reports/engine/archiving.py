"""PDF/A-3a and PDF/UA-1 in one file: the engine declares the first, and what it draws meets the second as well.

PDF/A lets a file declare further standards only by names that it explains (ISO 19005-3, 6.6.2.3.3), so the statement
of PDF/UA (ISO 14289-1, 5) comes with the schema of its one property.
"""

from xml.sax.saxutils import escape

import pydyf

_SCHEMA = """
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>{schema}</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>{part}</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
 <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>""".format(
    schema=escape("Identification of PDF/UA"), part=escape("The part of ISO 14289 that the file follows")
).encode()


def declare_accessible(document, pdf) -> None:
    """Add the statement of PDF/UA-1 to the metadata of a PDF that is about to be written."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    metadata.stream = [part.replace(b"</rdf:RDF>", _SCHEMA) for part in metadata.stream]
    if "AF" in pdf.catalog:  # the engine names each attachment twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
