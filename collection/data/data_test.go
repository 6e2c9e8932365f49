package data

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"posthaste/collection"
)

// rowsOf reads all rows and writes each as a JSON object.
func rowsOf(d *Data) (string, error) {
	var b strings.Builder
	b.WriteByte('[')
	for i := 0; ; i++ {
		row, ok, err := d.Next()
		if err != nil || !ok {
			b.WriteByte(']')
			return b.String(), err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(row.json())
	}
}

func (r Row) json() string {
	var b strings.Builder
	for i, f := range r {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(collection.Quote(f.Key) + ":" + f.Value.JSONText())
	}
	return "{" + b.String() + "}"
}

func TestParseData(t *testing.T) {
	numbers := "a,b\n1e3,007\n+4,.5\n-0,0\n0.10,1_0\n0x10, \n1e999,Infinity\n5.,- 1\n12345678901234567890,123456789.123456789012\n-.5,1e-7\n0.0,00\n"
	tests := map[string]struct {
		give, want string
		compat     bool
	}{
		"lists are rows by index":                 {give: `[[5, {"a": 1}], 7]`, want: `[{"0":5,"1":{"a":1}},{}]`},
		"header and a row":                        {give: "a,b\n1,2\n", want: `[{"a":1,"b":2}]`},
		"no line end at the end":                  {give: "a,b\n1,2", want: `[{"a":1,"b":2}]`},
		"short row":                               {give: "a,b\n1\n", want: `[{"a":1}]`},
		"long row":                                {give: "a,b\n1,2,3\n", want: `[{"a":1,"b":2}]`},
		"empty line in the middle":                {give: "a,b\n\n1,2\n", want: `[{"a":""},{"a":1,"b":2}]`},
		"empty line at the end":                   {give: "a,b\n1,2\n\n", want: `[{"a":1,"b":2},{"a":""}]`},
		"blank line at the end":                   {give: "a,b\n1,2\n \n", want: `[{"a":1,"b":2},{"a":""}]`},
		"blank end":                               {give: "a,b\n1,2\n ", want: `[{"a":1,"b":2}]`},
		"space around fields":                     {give: "a , b\n 1 , 2 \n", want: `[{"a":1,"b":2}]`},
		"quoted delimiter and doubled quote":      {give: "a,b\n\"x, y\",\"z \"\"q\"\"\"\n", want: `[{"a":"x, y","b":"z \"q\""}]`},
		"space around quotes":                     {give: "a,b\n \"x\" , \"y\"\n", want: `[{"a":"x","b":"y"}]`},
		"quotes in an unquoted field":             {give: "a,b\nx\"\"y,z\"\n", want: `[{"a":"x\"\"y","b":"z\""}]`},
		"single quotes are text":                  {give: "a,b\n'x',2\n", want: `[{"a":"'x'","b":2}]`},
		"a name twice":                            {give: "a,a\n1,2\n", want: `[{"a":2}]`},
		"empty name":                              {give: "a,,c\n1,2,3\n", want: `[{"a":1,"":2,"c":3}]`},
		"carriage returns":                        {give: "a,b\r1,2\r", want: `[{"a":1,"b":2}]`},
		"windows line ends":                       {give: "a,b\r\n1,2\r\n3,4\r\n", want: `[{"a":1,"b":2},{"a":3,"b":4}]`},
		"mixed line ends":                         {give: "a,b\r\n1,2\n3,4\r\n", want: `[{"a":1,"b":2},{"a":3,"b":4}]`},
		"line end in quotes":                      {give: "a,b\n\"x\ny\",2\n", want: `[{"a":"x\ny","b":2}]`},
		"line end in the header":                  {give: "\"a\nb\",c\n1,2\n", want: `[{"a\nb":1,"c":2}]`},
		"empty fields":                            {give: "a,b\n,\n\"\",\n", want: `[{"a":"","b":""},{"a":"","b":""}]`},
		"header alone":                            {give: "a,b\n", want: `[]`},
		"nothing":                                 {give: "", want: `[]`},
		"quoted number is text":                   {give: "a,b\n\"1\",2\n", want: `[{"a":"1","b":2}]`},
		"true, false, null are text":              {give: "a,b,c\ntrue,false,null\n", want: `[{"a":"true","b":"false","c":"null"}]`},
		"numbers that do not print back":          {give: numbers, want: `[{"a":"1e3","b":"007"},{"a":"+4","b":".5"},{"a":"-0","b":0},{"a":"0.10","b":"1_0"},{"a":"0x10","b":""},{"a":"1e999","b":"Infinity"},{"a":"5.","b":"- 1"},{"a":"12345678901234567890","b":"123456789.123456789012"},{"a":"-.5","b":1e-7},{"a":"0.0","b":"00"}]`},
		"numbers as newman takes them":            {give: numbers, compat: true, want: `[{"a":1000,"b":7},{"a":4,"b":0.5},{"a":0,"b":0},{"a":0.1,"b":"1_0"},{"a":0,"b":""},{"a":"1e999","b":"Infinity"},{"a":5,"b":"- 1"},{"a":12345678901234567000,"b":123456789.12345679},{"a":-0.5,"b":1e-7},{"a":0,"b":0}]`},
		"semicolons":                              {give: "a;b\n1;x,y\n", want: `[{"a":1,"b":"x,y"}]`},
		"tabs":                                    {give: "a\tb\n1\t2\n", want: `[{"a":1,"b":2}]`},
		"newman knows commas only":                {give: "a;b\n1;2\n", compat: true, want: `[{"a;b":"1;2"}]`},
		"byte order mark":                         {give: "\uFEFFa,b\n1,2\n", want: `[{"a":1,"b":2}]`},
		"UTF-16 little endian":                    {give: "\xff\xfea\x00\n\x001\x00\n\x00", want: `[{"a":1}]`},
		"Latin-1":                                 {give: "navn\nB\xf8rre\n", want: `[{"navn":"Børre"}]`},
		"Windows-1252":                            {give: "pris,by\n100 \x80,\xc5s \x96 S\xf8r\n", want: `[{"pris":"100 €","by":"Ås – Sør"}]`},
		"Windows-1252 as newman is given it":      {give: "pris\n\x93100\x94 \x85\n", compat: true, want: `[{"pris":"“100” …"}]`},
		"Windows-1252 in JSON":                    {give: "[{\"pris\":\"100 \x80\"}]", want: `[{"pris":"100 €"}]`},
		"Windows-1252 in JSON lines":              {give: "{\"a\":\"\x80\"}\n{\"a\":\"\xd8\"}\n", want: `[{"a":"€"},{"a":"Ø"}]`},
		"a byte that stands for nothing":          {give: "a\n\x81\xe5\n", want: "[{\"a\":\"\u0081å\"}]"},
		"Excel's first line":                      {give: "sep=;\r\na;b\r\n1;x,y\r\n", want: `[{"a":1,"b":"x,y"}]`},
		"Excel's first line in quotes":            {give: "\"sep=|\"\na|b\n1|2\n", want: `[{"a":1,"b":2}]`},
		"Excel's first line names a tab":          {give: "SEP=\t\na\tb,c\n1\t2\n", want: `[{"a":1,"b,c":2}]`},
		"Excel's first line in UTF-16":            {give: "\xff\xfes\x00e\x00p\x00=\x00;\x00\n\x00a\x00;\x00b\x00\n\x001\x00;\x002\x00", want: `[{"a":1,"b":2}]`},
		"Excel's first line is newman's header":   {give: "sep=;\na;b\n", compat: true, want: `[{"sep=;":"a;b"}]`},
		"a column whose name begins like that":    {give: "sep=ab;c\n1;2\n", want: `[{"sep=ab":1,"c":2}]`},
		"JSON list":                               {give: ` [{"b":1,"a":"007","c":null,"d":{"x":[1, 2]},"5":true}] `, want: `[{"5":true,"b":1,"a":"007","c":null,"d":{"x":[1,2]}}]`},
		"long whole numbers in JSON":              {give: `[{"id":12345678901234567890,"n":1.0,"m":9007199254740991}]`, want: `[{"id":"12345678901234567890","n":1,"m":9007199254740991}]`},
		"long whole numbers as newman takes them": {give: `[{"id":12345678901234567890}]`, compat: true, want: `[{"id":12345678901234567000}]`},
		"JSON elements that are no objects":       {give: `[1,"x",null,{"a":1}]`, want: `[{},{},{},{"a":1}]`},
		"JSON object for newman":                  {give: `{"a":1}`, compat: true, want: `[{}]`},
		"empty JSON list":                         {give: `[]`, want: `[]`},
		"JSON with byte order mark":               {give: "\uFEFF[{\"a\":1}]", want: `[{"a":1}]`},
		"JSON lines":                              {give: "{\"a\":1}\n\n{\"a\":2}\n", want: `[{"a":1},{"a":2}]`},
		"CSV whose header begins with a bracket":  {give: "[id],name\n1,x\n", want: `[{"[id]":1,"name":"x"}]`},
		"broken JSON is CSV for newman":           {give: "[{\"a\":1},]\n1,2\n", compat: true, want: `[{"[{\"a\":1}":1,"]":2}]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(test.give)), nil }
			d, err := Parse("data.csv", strings.NewReader(test.give), Options{Compat: test.compat, Open: open})
			if err != nil {
				t.Fatal(err)
			}
			got, err := rowsOf(d)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			rows := strings.Count(got, "},{") + 1
			if got == "[]" {
				rows = 0
			}
			if n, known := d.Count(); !known || n != rows {
				t.Errorf("Count() = %d, %v; want %d", n, known, rows)
			}
		})
	}
}

func TestParseDataErrors(t *testing.T) {
	tests := map[string]struct{ name, give, want string }{
		"quote never closed":      {"d.csv", "a,b\nx,\"y\n", "d.csv:2:3: quote is never closed"},
		"text after a quote":      {"d.csv", "a,b\n\"x\"y,2\n", "d.csv:2:4: text after the closing quote"},
		"word after a quote":      {"d.csv", "a,b\n1,2\n\"x\" y,2\n", "d.csv:3:5: text after the closing quote"},
		"broken JSON":             {"d.json", "[\n {\"a\":1},\n]", "d.json:2:9: trailing comma before \"]\""},
		"broken JSON line":        {"d.jsonl", "{\"a\":1}\n{\"a\":}\n", "d.jsonl:2:6: value is missing"},
		"an object":               {"d.json", ` {"a":1}`, "d.json:1:2: iteration data is a list of objects, found an object"},
		"a collection":            {"d.json", `{"info":{},"item":[]}`, "d.json:1:1: this is a collection, not iteration data"},
		"an environment":          {"d.json", `{"values":[]}`, "d.json:1:1: this is an environment, not iteration data"},
		"JSON cut off":            {"d.json", "[{\"a\":1}", "d.json:1:1: \"[\" is never closed"},
		"JSON line in an odd way": {"d.json", "{\"a\":1}\n{a:1}\n", "d.json:2:2: key without quotes: \"a\""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := Parse(test.name, strings.NewReader(test.give), Options{})
			if err == nil {
				_, err = rowsOf(d)
			}
			if got := fmt.Sprint(err); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(test.give)), nil }
			if _, err := Parse(test.name, strings.NewReader(test.give), Options{Open: open}); fmt.Sprint(err) != test.want {
				t.Errorf("with Open: %v", err)
			}
		})
	}
}

func TestCountUnknownWithoutOpen(t *testing.T) {
	d, err := Parse("-", strings.NewReader("a\n1\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, known := d.Count(); known {
		t.Error("the rows of a stream cannot be counted in advance")
	}
	broken := func() (io.ReadCloser, error) { return nil, os.ErrNotExist }
	if _, err := Parse("-", strings.NewReader("a\n1\n"), Options{Open: broken}); err == nil {
		t.Error("an error of Open is lost")
	}
}

func TestRowGet(t *testing.T) {
	row := Row{{Key: "a", Value: collection.Text("1")}}
	if row.Get("a") != collection.Text("1") || row.Get("b").Kind() != collection.Undefined {
		t.Error("Row.Get finds the wrong fields")
	}
}
