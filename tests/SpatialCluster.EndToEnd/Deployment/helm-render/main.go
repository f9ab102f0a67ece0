// Renders a chart as `helm template` does, so far as the chart beside it needs that: text/template with sprig and Helm's own
// functions and objects. It prints one JSON object: the values as merged, the objects with the file each came from, the
// notes, or the error.
//
// It is built from Debian's packages alone (golang-go, golang-github-masterminds-sprig-dev), without modules and network.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type result struct {
	Values  map[string]interface{} `json:"values"`
	Objects []object               `json:"objects"`
	Notes   string                 `json:"notes"`
	Error   string                 `json:"error,omitempty"`
}

type object struct {
	Source string      `json:"source"`
	Object interface{} `json:"object"`
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: helm-render CHART RELEASE NAMESPACE [VALUES…]")
		os.Exit(2)
	}
	var out result
	if err := render(os.Args[1], os.Args[2], os.Args[3], os.Args[4:], &out); err != nil {
		out.Error = err.Error()
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func render(folder, release, namespace string, valueFiles []string, out *result) error {
	chart, err := readMap(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		return err
	}
	values, err := readMap(filepath.Join(folder, "values.yaml"))
	if err != nil {
		return err
	}
	for _, path := range valueFiles {
		more, err := readMap(path)
		if err != nil {
			return err
		}
		merge(values, more)
	}
	out.Values = values

	sources, err := filepath.Glob(filepath.Join(folder, "templates", "*"))
	if err != nil {
		return err
	}
	sort.Strings(sources)

	root := template.New("chart").Option("missingkey=zero")
	root.Funcs(functions(root))
	for _, path := range sources {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := root.New(filepath.Base(path)).Parse(string(text)); err != nil {
			return err
		}
	}

	context := map[string]interface{}{
		"Values": values,
		"Chart":  capitalised(chart),
		"Release": map[string]interface{}{
			"Name": release, "Namespace": namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1,
		},
		"Capabilities": map[string]interface{}{"KubeVersion": map[string]interface{}{"Version": "v1.30.0", "Major": "1", "Minor": "30"}},
		"Files":        files{folder},
	}
	for _, path := range sources {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "_") {
			continue
		}
		context["Template"] = map[string]interface{}{"Name": chart["name"].(string) + "/templates/" + name, "BasePath": chart["name"].(string) + "/templates"}
		var text bytes.Buffer
		if err := root.ExecuteTemplate(&text, name, context); err != nil {
			return err
		}
		// Helm replaces what text/template prints for what is not there.
		rendered := strings.ReplaceAll(text.String(), "<no value>", "")
		if name == "NOTES.txt" {
			out.Notes = rendered
			continue
		}
		objects, err := parse(rendered)
		if err != nil {
			return fmt.Errorf("%s gave no YAML: %w\n%s", name, err, rendered)
		}
		for _, each := range objects {
			out.Objects = append(out.Objects, object{name, each})
		}
	}
	return nil
}

// All documents of a rendered file; the third version of the parser refuses keys that are there twice.
func parse(text string) ([]interface{}, error) {
	var objects []interface{}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var node interface{}
		err := decoder.Decode(&node)
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		if node != nil {
			objects = append(objects, node)
		}
	}
}

func readMap(path string) (map[string]interface{}, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var node interface{}
	if err := yaml.Unmarshal(text, &node); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if node == nil {
		return map[string]interface{}{}, nil
	}
	// As Helm reads values: by way of JSON, which makes every number a float.
	encoded, err := json.Marshal(node)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	values := map[string]interface{}{}
	return values, json.Unmarshal(encoded, &values)
}

// Maps are merged, all else is replaced; a null takes a default away.
func merge(into, from map[string]interface{}) {
	for key, value := range from {
		if value == nil {
			delete(into, key)
			continue
		}
		older, isMap := into[key].(map[string]interface{})
		newer, both := value.(map[string]interface{})
		if isMap && both {
			merge(older, newer)
		} else {
			into[key] = value
		}
	}
}

// Chart.yaml has its keys in lower case, .Chart in upper.
func capitalised(chart map[string]interface{}) map[string]interface{} {
	out := map[string]interface{}{}
	for key, value := range chart {
		name := strings.ToUpper(key[:1]) + key[1:]
		if name == "ApiVersion" {
			name = "APIVersion"
		}
		out[name] = value
	}
	return out
}

func functions(root *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	// Helm takes these away.
	delete(all, "env")
	delete(all, "expandenv")
	depth := map[string]int{}
	all["include"] = func(name string, data interface{}) (string, error) {
		if depth[name] > 100 {
			return "", fmt.Errorf("%s includes itself", name)
		}
		depth[name]++
		defer func() { depth[name]-- }()
		var text strings.Builder
		err := root.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	all["tpl"] = func(text string, data interface{}) (string, error) {
		clone, err := root.Clone()
		if err != nil {
			return "", err
		}
		parsed, err := clone.New("tpl").Parse(text)
		if err != nil {
			return "", err
		}
		var out strings.Builder
		err = parsed.Execute(&out, data)
		return out.String(), err
	}
	all["required"] = func(message string, value interface{}) (interface{}, error) {
		if text, ok := value.(string); value == nil || ok && text == "" {
			return value, errors.New(message)
		}
		return value, nil
	}
	all["toYaml"] = func(value interface{}) string {
		var text strings.Builder
		encoder := yaml.NewEncoder(&text)
		encoder.SetIndent(2)
		if err := encoder.Encode(value); err != nil {
			return ""
		}
		return strings.TrimSuffix(text.String(), "\n")
	}
	all["fromYaml"] = func(text string) map[string]interface{} {
		out := map[string]interface{}{}
		if err := yaml.Unmarshal([]byte(text), &out); err != nil {
			out["Error"] = err.Error()
		}
		return out
	}
	// As `helm template`: there is no cluster to look into.
	all["lookup"] = func(_, _, _, _ string) map[string]interface{} { return map[string]interface{}{} }
	return all
}

// .Files: what lies in the chart beside its templates.
type files struct{ folder string }

func (f files) GetBytes(name string) []byte {
	text, err := os.ReadFile(filepath.Join(f.folder, name))
	if err != nil {
		return nil
	}
	return text
}

func (f files) Get(name string) string { return string(f.GetBytes(name)) }

// Glob knows * within a name, and ** across folders.
func (f files) Glob(pattern string) map[string][]byte {
	expression := regexp.QuoteMeta(pattern)
	expression = strings.ReplaceAll(expression, `\*\*`, "\x00")
	expression = strings.ReplaceAll(expression, `\*`, "[^/]*")
	matcher := regexp.MustCompile("^" + strings.ReplaceAll(expression, "\x00", ".*") + "$")
	found := map[string][]byte{}
	f.walk("", func(name string) {
		if matcher.MatchString(name) {
			found[name] = f.GetBytes(name)
		}
	})
	return found
}

// Through symbolic links, as Helm's loader goes.
func (f files) walk(below string, visit func(string)) {
	entries, err := os.ReadDir(filepath.Join(f.folder, below))
	if err != nil {
		return
	}
	for _, entry := range entries {
		name := filepath.ToSlash(filepath.Join(below, entry.Name()))
		about, err := os.Stat(filepath.Join(f.folder, name))
		switch {
		case err != nil:
		case about.IsDir():
			f.walk(name, visit)
		default:
			visit(name)
		}
	}
}
