package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"raci/matrix/source"
)

// linkList counts the links of a sheet. Their XML goes into the bodies of
// the sheet and of its relationships: with a hundred thousand links
// excelize's own way would take longer than all the rest.
type linkList struct {
	count, urls int
	full        bool  // no more links
	relations   *body // the URLs
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
	place, inside := strings.CutPrefix(c.link, "#")
	target := ""
	if !inside {
		if target = s.book.linkTo(c.link).target; target == "" {
			return false
		}
	}
	l := &s.links
	if l.count == linkLimit {
		if !l.full {
			s.book.warn("sheet %s: Excel allows %d links; from row %d on addresses are plain text", s.plan.name, linkLimit, s.next)
		}
		l.full = true
		return false
	}
	l.count++
	x := append(append(s.book.scratch[:0], `<hyperlink ref="`...), s.names[col-1]...)
	x = strconv.AppendInt(x, int64(s.next), 10)
	if inside {
		x = append(appendAttribute(append(x, `" location="`...), clean(place)), `"/>`...)
		s.body.insert.Write(x)
		s.book.scratch = x
		return true
	}
	l.urls++
	x = append(strconv.AppendInt(append(x, `" r:id="url`...), int64(l.urls), 10), `"/>`...)
	s.body.insert.Write(x)
	x = strconv.AppendInt(append(x[:0], `<Relationship Id="url`...), int64(l.urls), 10)
	x = append(x, `" Type="`+hyperlinkRelation+`" Target="`...)
	x = append(appendAttribute(x, target), `" TargetMode="External"/>`...)
	s.relations().insert.Write(x)
	s.book.scratch = x
	return true
}

// relations returns the body of the sheet's relationships. excelize may have
// relationships of its own there.
func (s *sheet) relations() *body {
	if s.links.relations == nil {
		name := "xl/worksheets/_rels/" + s.partName() + ".rels"
		s.links.relations = &body{mark: "</Relationships>"}
		s.book.bodies[name] = s.links.relations
		if _, ok := s.book.file.Pkg.Load(name); !ok {
			s.book.file.Pkg.Store(name, []byte(xml.Header+`<Relationships xmlns="`+relationsPart+`"></Relationships>`))
		}
	}
	return s.links.relations
}

// appendAttribute escapes the value of an attribute.
func appendAttribute(out []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&':
			out = append(out, "&amp;"...)
		case '<':
			out = append(out, "&lt;"...)
		case '"':
			out = append(out, "&quot;"...)
		default:
			out = append(out, s[i])
		}
	}
	return out
}

// webAddress returns the address of a page that is safe to store, or "".
func webAddress(s string) string {
	if !source.IsPage(s) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || len(u.String()) > urlLimit || clean(u.String()) != u.String() {
		return ""
	}
	return u.String()
}

// linkedPage is a source, as it is linked and shown.
type linkedPage struct{ target, short string }

// linkTo returns how the URL of a source is linked, and shown in the sheet
// Matrix. The same few pages stand in many rows.
func (b *book) linkTo(url string) linkedPage {
	p, ok := b.pages[url]
	if !ok {
		p = linkedPage{webAddress(url), b.shortAddress(url, smallLink, sourceWidth)}
		b.pages[url] = p
	}
	return p
}

// shortAddress returns a URL as it is shown: whole where one line has room, else its
// host and its end. LibreOffice does not break links into lines.
func (b *book) shortAddress(s string, l look, width float64) string {
	host := source.PageHost(s)
	s = strings.TrimPrefix(oneLine(s), "https://")
	if b.lines(s, l, width) == 1 {
		return s
	}
	if i := strings.LastIndexByte(strings.TrimRight(s, "/"), '/'); i >= 0 {
		s = s[i+1:]
	}
	if host != "" && s != host {
		s = host + "/…/" + s
	}
	for b.lines(s, l, width) > 1 && len(s) > len(host) {
		runes := []rune(strings.TrimSuffix(s, "…"))
		s = string(runes[:max(len(host), len(runes)*9/10)]) + "…"
		if len(s) <= len(host)+len("…") {
			return host
		}
	}
	return s
}

// partName returns the name of the sheet's file in the workbook.
func (s *sheet) partName() string { return fmt.Sprintf("sheet%d.xml", s.book.partNumber(s.plan.name)) }

func (b *book) partNumber(name string) int {
	for i, n := range b.file.GetSheetList() {
		if n == name {
			return i + 1
		}
	}
	return 0
}

// amend sets an element of the sheet for which excelize has no call, or only a
// slow one: it is decoded into excelize's own picture of the sheet.
func (s *sheet) amend(what string, element any) error {
	ws, ok := s.book.file.Sheet.Load("xl/worksheets/" + s.partName())
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
