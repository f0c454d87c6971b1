package check

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"raci/matrix/source"
)

// Notes on the readers of SARIF:
//
//   - GitHub and VS Code show the message of a result, but neither its logical
//     location nor a fix: row and way out are in the message as well.
//   - GitHub takes a rule without a help text for invalid, shows the help
//     alone, and breaks its lines where the Markdown does. So the help repeats
//     title and meaning, one paragraph a line.
//   - VS Code shows a dash for a rule without a name. The name must differ
//     from the id, and the standard suggests one like NoAccountable.
//   - A brace stands for itself. The standard wants it doubled, because {0} is
//     an argument; but VS Code halves none where there are no arguments, and
//     CodeQL, to which the others adapt, doubles none.
//   - GitHub ignores suppressions: what was waived is an open alert there,
//     unless it is dismissed.
//   - GitHub tracks alerts by a fingerprint named primaryLocationLineHash and
//     by no other. Its upload action computes that from the line, and warns
//     about each value that differs, so it is left to the action.

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	// sarifRoot stands for the folder of the repository. GitHub knows it by
	// this name.
	sarifRoot = "%SRCROOT%"
	// sarifFingerprint names what sarifHash computes. Other contents need a
	// new version.
	sarifFingerprint = "raciFinding/v1"
)

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool               sarifTool               `json:"tool"`
	OriginalURIBaseIDs map[string]sarifBaseURI `json:"originalUriBaseIds"`
	ColumnKind         string                  `json:"columnKind"`
	Results            []sarifResult           `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifBaseURI struct {
	Description sarifMessage `json:"description"`
}

type sarifRule struct {
	ID                   string             `json:"id"`
	Name                 string             `json:"name,omitempty"`
	ShortDescription     sarifMessage       `json:"shortDescription"`
	FullDescription      sarifMessage       `json:"fullDescription"`
	Help                 sarifMessage       `json:"help"`
	DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
}

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifResult struct {
	RuleID              string             `json:"ruleId"`
	RuleIndex           int                `json:"ruleIndex"`
	Level               string             `json:"level"`
	Message             sarifMessage       `json:"message"`
	Locations           []sarifLocation    `json:"locations"`
	Related             []sarifLocation    `json:"relatedLocations,omitempty"`
	PartialFingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions        []sarifSuppression `json:"suppressions"` // [] says that nothing suppresses it; null, that nobody knows
}

type sarifLocation struct {
	PhysicalLocation sarifPhysicalLocation  `json:"physicalLocation"`
	LogicalLocations []sarifLogicalLocation `json:"logicalLocations,omitempty"`
	Message          *sarifMessage          `json:"message,omitempty"`
}

type sarifPhysicalLocation struct {
	ArtifactLocation sarifArtifactLocation `json:"artifactLocation"`
	Region           *sarifRegion          `json:"region,omitempty"`
}

type sarifArtifactLocation struct {
	URI       string `json:"uri"`
	URIBaseID string `json:"uriBaseId,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

type sarifLogicalLocation struct {
	Name               string `json:"name"`
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification,omitempty"`
}

func writeSARIF(w io.Writer, r Result) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: "raci", Version: r.Version}},
		OriginalURIBaseIDs: map[string]sarifBaseURI{
			sarifRoot: {sarifMessage{Text: "The folder in which raci was run."}},
		},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range reportedRules(r) {
		index[rule.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(rule))
	}
	for i := range r.Files {
		run.Results = append(run.Results, sarifResults(&r.Files[i], index)...)
	}
	return encodeJSON(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

func newSARIFRule(rule Rule) sarifRule {
	title, meaning := sentence(capital(rule.Title)), sentence(rule.Meaning)
	if meaning == "" {
		meaning = title
	}
	return sarifRule{
		ID: rule.ID, Name: sarifName(rule.ID),
		ShortDescription:     sarifMessage{Text: title},
		FullDescription:      sarifMessage{Text: meaning},
		Help:                 sarifHelp(title, meaning, rule),
		DefaultConfiguration: sarifConfiguration{sarifLevel(rule.Severity)},
	}
}

func sarifHelp(title, meaning string, rule Rule) sarifMessage {
	text := []string{meaning}
	markdown := []string{"**" + sarifMarkdown.Replace(title) + "**", sarifMarkdown.Replace(meaning)}
	if fix := sarifFix(rule.Fix); fix != "" {
		text, markdown = append(text, fix), append(markdown, sarifMarkdown.Replace(fix))
	}
	for _, example := range []struct{ title, yaml string }{{"Before:", rule.Before}, {"After:", rule.After}} {
		if example.yaml != "" {
			text = append(text, example.title, example.yaml)
			markdown = append(markdown, example.title, "```yaml\n"+example.yaml+"\n```")
		}
	}
	return sarifMessage{strings.Join(text, "\n\n"), strings.Join(markdown, "\n\n")}
}

// sarifResults returns the findings of a manifest and then what was waived.
func sarifResults(f *FileFindings, index map[string]int) []sarifResult {
	var results []sarifResult
	seen := map[string]int{}
	add := func(x source.Diagnostic, suppressions []sarifSuppression) {
		hash := sarifHash(x)
		seen[hash]++
		result := newSARIFResult(x, suppressions)
		result.RuleIndex = index[x.Rule]
		// The count distinguishes two findings that differ in their place alone.
		result.PartialFingerprints = map[string]string{sarifFingerprint: fmt.Sprintf("%s:%d", hash, seen[hash])}
		results = append(results, result)
	}
	for _, x := range f.Findings {
		add(x, []sarifSuppression{})
	}
	for _, x := range f.Accepted {
		add(x.Diagnostic, []sarifSuppression{{Kind: "inSource", Status: "accepted", Justification: x.Reason}})
	}
	return results
}

func newSARIFResult(x source.Diagnostic, suppressions []sarifSuppression) sarifResult {
	text := strings.TrimSpace(sentence(withRow(x)) + " " + sarifFix(x.Hint))
	location := sarifPlace(x.At)
	if x.Row != "" {
		name := x.Row[strings.LastIndexByte(x.Row, '/')+1:]
		location.LogicalLocations = []sarifLogicalLocation{{name, x.Row, "row"}}
	}
	return sarifResult{
		RuleID: x.Rule, Level: sarifLevel(x.Severity), Message: sarifMessage{Text: sarifUnlink.Replace(text)},
		Locations: []sarifLocation{location}, Related: sarifRelated(x.Related), Suppressions: suppressions,
	}
}

func sarifPlace(at source.Pos) sarifLocation {
	location := sarifLocation{PhysicalLocation: sarifPhysicalLocation{ArtifactLocation: sarifArtifact(at.File)}}
	if at.Line > 0 {
		location.PhysicalLocation.Region = &sarifRegion{at.Line, max(at.Col, 0)}
	}
	return location
}

func sarifRelated(places []source.Related) []sarifLocation {
	var list []sarifLocation
	for _, r := range places {
		location := sarifPlace(r.At)
		location.Message = &sarifMessage{Text: sentence(r.Message)}
		list = append(list, location)
	}
	return list
}

// sarifHash is the same when lines move. The location names the file.
func sarifHash(x source.Diagnostic) string {
	sum := sha256.Sum256([]byte(x.Rule + "\x00" + x.Row + "\x00" + x.Message))
	return fmt.Sprintf("%x", sum[:16])
}

func sarifLevel(s source.Severity) string {
	switch s {
	case source.Error, source.Note:
		return string(s)
	}
	return string(source.Warning)
}

// sarifArtifact returns the URI of a file, relative to the root unless the
// user wrote an absolute path.
func sarifArtifact(file string) sarifArtifactLocation {
	path := filepath.ToSlash(filepath.Clean(file))
	if !filepath.IsAbs(file) && !strings.HasPrefix(path, "/") {
		return sarifArtifactLocation{(&url.URL{Path: path}).String(), sarifRoot}
	}
	if !strings.HasPrefix(path, "/") { // C:/...
		path = "/" + path
	}
	return sarifArtifactLocation{URI: (&url.URL{Scheme: "file", Path: path}).String()}
}

// sarifUnlink parts what readers take for a link, [text](target).
var sarifUnlink = strings.NewReplacer("](", "] (")

// sarifMarkdown escapes what Markdown takes for a format or for HTML, which
// SARIF forbids.
var sarifMarkdown = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`)

// sarifName turns no-accountable into NoAccountable, and returns "" where the
// id is written like that already.
func sarifName(id string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(id, "-") {
		b.WriteString(capital(part))
	}
	if b.String() == id {
		return ""
	}
	return b.String()
}

func sarifFix(fix string) string {
	if fix == "" {
		return ""
	}
	return sentence("To fix it: " + fix)
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
