package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
)

// hyperlink is a link of a sheet.
type hyperlink struct {
	Ref      string `xml:"ref,attr"`
	Location string `xml:"location,attr,omitempty"` // within the workbook
	ID       string `xml:"r:id,attr,omitempty"`     // of the relationship that holds a URL
	target   string
}

// relationship is an entry of the part that holds the URLs of a sheet.
type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

const (
	sheetSpace        = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationsSpace    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relationsPart     = "http://schemas.openxmlformats.org/package/2006/relationships"
	hyperlinkRelation = relationsSpace + "/hyperlink"
)

// addLink keeps the link of a cell and reports whether it did: not beyond
// Excel's limit, nor where a URL is none that Excel opens.
func (s *sheet) addLink(col int, c *cell) bool {
	h := hyperlink{Ref: ref(col, s.next)}
	if place, ok := strings.CutPrefix(c.link, "#"); ok {
		h.Location = place
	} else if h.target = webAddress(c.link); h.target == "" {
		return false
	}
	if len(s.links) == linkLimit {
		if !s.full {
			s.book.warn("sheet %s: Excel allows %d links; from row %d on addresses are plain text", s.plan.name, linkLimit, s.next)
		}
		s.full = true
		return false
	}
	s.links = append(s.links, h)
	return true
}

// webAddress returns a URL that is safe to store, or "".
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	if s = u.String(); len(s) > urlLimit || clean(s) != s {
		return ""
	}
	return s
}

// shortAddress returns a URL as it is shown: whole where one line has room,
// else its end. LibreOffice does not break links into lines.
func (b *book) shortAddress(s string, l look, width float64) string {
	s = strings.TrimPrefix(strings.TrimPrefix(oneLine(s), "https://"), "http://")
	if b.lines(s, l, width) == 1 {
		return s
	}
	if i := strings.LastIndexByte(strings.TrimRight(s, "/"), '/'); i >= 0 {
		s = s[i+1:]
	}
	s = "…/" + s
	for b.lines(s, l, width) > 1 {
		runes := []rune(strings.TrimSuffix(s, "…"))
		s = string(runes[:len(runes)*9/10]) + "…"
	}
	return s
}

// goTo returns a cell that leads to a row of the sheet Matrix.
func (b *book) goTo(id string) cell {
	row := b.layout.byID[id]
	if row == 0 {
		return cell{look: centred}
	}
	return cell{look: link, text: "row " + itoa(row), link: "#Matrix!" + ref(2, row)}
}

// writeLinks hands the links to excelize. Its own function for one link looks
// through all that came before: with ten thousand links it would take longer
// than everything else together.
func (s *sheet) writeLinks() error {
	if len(s.links) == 0 {
		return nil
	}
	var rels []relationship
	for i := range s.links {
		h := &s.links[i]
		if h.target != "" {
			h.ID = fmt.Sprintf("rId%d", len(rels)+1)
			rels = append(rels, relationship{h.ID, hyperlinkRelation, h.target, "External"})
		}
	}
	if len(rels) > 0 {
		if err := s.storeRelationships(rels); err != nil {
			return err
		}
	}
	return s.amend("hyperlinks", struct {
		XMLName xml.Name    `xml:"hyperlinks"`
		Links   []hyperlink `xml:"hyperlink"`
	}{Links: s.links})
}

// part returns the name of the sheet's file in the workbook.
func (s *sheet) part() string { return fmt.Sprintf("sheet%d.xml", s.book.partNumber(s.plan.name)) }

func (b *book) partNumber(name string) int {
	for i, n := range b.file.GetSheetList() {
		if n == name {
			return i + 1
		}
	}
	return 0
}

// storeRelationships writes the part with the URLs of the sheet. It is for
// sheets without charts, as these have such a part from excelize.
func (s *sheet) storeRelationships(rels []relationship) error {
	data, err := xml.Marshal(struct {
		XMLName       xml.Name       `xml:"Relationships"`
		Space         string         `xml:"xmlns,attr"`
		Relationships []relationship `xml:"Relationship"`
	}{Space: relationsPart, Relationships: rels})
	if err != nil {
		return err
	}
	s.book.file.Pkg.Store("xl/worksheets/_rels/"+s.part()+".rels", append([]byte(xml.Header), data...))
	return nil
}

// amend sets an element of the sheet that excelize has no quick call, or no
// call at all, for: it is decoded into excelize's own picture of the sheet.
func (s *sheet) amend(what string, element any) error {
	ws, ok := s.book.file.Sheet.Load("xl/worksheets/" + s.part())
	if !ok {
		return fmt.Errorf("no sheet to set %s on", what)
	}
	var buf bytes.Buffer
	fmt.Fprintf(&buf, `<worksheet xmlns="%s" xmlns:r="%s">`, sheetSpace, relationsSpace)
	if err := xml.NewEncoder(&buf).Encode(element); err != nil {
		return err
	}
	buf.WriteString("</worksheet>")
	return xml.Unmarshal(buf.Bytes(), ws)
}
