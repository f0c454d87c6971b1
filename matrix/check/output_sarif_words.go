package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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

// sarifGroupText says what is wrong, in which rows, and what to do.
func sarifGroupText(g *group) string {
	if len(g.all) == 1 {
		return sarifText(withPlace(withRow(g.Diagnostic), g.recorded), g.Hint)
	}
	var details, fixes []string
	for _, n := range g.details() {
		n.label = ""
		details = append(details, n.String())
	}
	for _, n := range hints(g.all[:min(len(g.all), shownRows)]) {
		fixes = append(fixes, n.text)
	}
	text := g.headline()
	if len(details) > 0 {
		text += ": " + strings.Join(details, "; ")
	}
	return sarifText(text, strings.Join(fixes, "; or "))
}

func sarifText(message, fix string) string {
	return sarifUnlink.Replace(strings.TrimSpace(sentence(message) + " " + sarifFix(fix)))
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
