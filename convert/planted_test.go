package convert

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A planter makes collections in which every value is a word of its own. Whatever a conversion drops is then missed by its
// word, whichever field it stood in: the test knows nothing of how collections are read, written or compared.
type planter struct {
	rand  *rand.Rand
	words map[string]string // what each word was planted as
}

// word returns a new word for a place.
func (p *planter) word(place string) string {
	w := fmt.Sprintf("w%dx", len(p.words))
	p.words[w] = place
	return w
}

// upper returns a word in upper case, for what is written so.
func (p *planter) upper(place string) string {
	w := strings.ToUpper(fmt.Sprintf("w%dx", len(p.words)))
	p.words[w] = place
	return w
}

func (p *planter) maybe() bool { return p.rand.IntN(2) == 0 }

type object = map[string]any

// pick calls one of the functions.
func pick[T any](p *planter, makers ...func() T) T { return makers[p.rand.IntN(len(makers))]() }

// set fills a member half of the time.
func (p *planter) set(o object, key string, value func() any) {
	if p.maybe() {
		o[key] = value()
	}
}

func (p *planter) text(place string) func() any { return func() any { return p.word(place) } }

func (p *planter) description(place string) any {
	return pick(p,
		func() any { return p.word(place) },
		func() any { return object{"content": p.word(place), "type": "text/markdown"} },
		func() any { return nil })
}

func (p *planter) scripts(place string) any {
	var list []any
	for _, listen := range []string{"prerequest", "test"} {
		source := func() any { return "console.log('" + p.word(place+" "+listen) + "')" }
		if p.maybe() {
			list = append(list, object{"listen": listen, "script": pick(p,
				func() any { return object{"exec": []any{source(), source()}, "type": "text/javascript"} },
				func() any { return object{"exec": source()} },
				func() any { return source() },
				func() any { return []any{source()} })})
		}
	}
	return list
}

func (p *planter) variables(place string) any {
	var list []any
	for range p.rand.IntN(3) {
		v := object{"key": p.word(place + " key"), "value": pick(p, p.text(place+" value"), func() any { return p.rand.IntN(1000) }, func() any { return true })}
		p.set(v, "description", func() any { return p.description(place + " description") })
		p.set(v, "disabled", func() any { return true })
		list = append(list, v)
	}
	return list
}

func (p *planter) auth(place string) any {
	param := func(key string) any { return object{"key": key, "value": p.word(place + " " + key), "type": "string"} }
	return pick(p,
		func() any { return nil },
		func() any { return object{"type": "noauth"} },
		func() any { return object{"type": "bearer", "bearer": []any{param("token")}} },
		func() any { return object{"type": "bearer", "bearer": object{"token": p.word(place + " token")}} },
		func() any { return object{"type": "basic", "basic": []any{param("username"), param("password")}} },
		func() any {
			return object{"type": "apikey", "apikey": []any{param("key"), param("value"), param("in")}}
		},
		func() any {
			return object{"type": "oauth2", "oauth2": []any{param("accessToken"), param("tokenName"), param("accessTokenUrl")}}
		},
		func() any {
			scheme := p.word(place + " type")
			return object{"type": scheme, scheme: []any{param("field")}}
		})
}

func (p *planter) params(place string, also func(object)) []any {
	list := []any{}
	for range p.rand.IntN(3) {
		o := object{"key": p.word(place + " key")}
		p.set(o, "value", p.text(place+" value"))
		p.set(o, "disabled", func() any { return true })
		p.set(o, "description", func() any { return p.description(place + " description") })
		if also != nil {
			also(o)
		}
		list = append(list, o)
	}
	return list
}

func (p *planter) url() any {
	raw := func() string {
		return "http://" + p.word("host in raw") + ".test/" + p.word("path in raw") + "?q=" + p.word("query in raw")
	}
	return pick(p,
		func() any { return raw() },
		func() any { return object{"raw": raw()} },
		func() any {
			u := object{"protocol": "https"}
			u["host"] = pick(p, p.text("host as text"), func() any { return []any{p.word("host part"), "test"} })
			u["path"] = pick(p, func() any { return "/" + p.word("path as text") }, func() any {
				return []any{p.word("segment"), ":id", object{"type": "string", "value": p.word("segment as object")}}
			})
			p.set(u, "raw", func() any { return raw() })
			p.set(u, "port", func() any { return "8443" })
			p.set(u, "hash", p.text("hash"))
			p.set(u, "query", func() any {
				return pick(p, func() any { return p.params("query", nil) }, func() any { return "a=" + p.word("query as text") }, func() any { return object{"a": p.word("query as map")} })
			})
			p.set(u, "variable", func() any {
				return []any{object{"key": "id", "value": p.word("path variable"), "description": p.description("path variable description")}}
			})
			p.set(u, "auth", func() any { return object{"user": p.word("user"), "password": p.word("password")} })
			return u
		})
}

func (p *planter) headers(place string) any {
	return pick(p,
		func() any { return p.params(place, nil) },
		func() any { return "X-A: " + p.word(place+" as text") + "\r\nX-B: " + p.word(place+" as text") },
		func() any { return object{"X-C": p.word(place + " as map")} },
		func() any { return nil })
}

func (p *planter) body() any {
	b := pick(p,
		func() object { return object{"mode": "raw", "raw": p.word("body raw body")} },
		func() object {
			return object{"mode": "raw", "raw": p.word("body raw body"), "options": object{"raw": object{"language": "xml"}}}
		},
		func() object { return object{"mode": "urlencoded", "urlencoded": p.params("body urlencoded", nil)} },
		func() object {
			return object{"mode": "urlencoded", "urlencoded": "a=" + p.word("body urlencoded as text")}
		},
		func() object {
			return object{"mode": "formdata", "formdata": p.params("body formdata", func(o object) {
				switch p.rand.IntN(3) {
				case 0:
					delete(o, "value")
					o["type"], o["src"] = "file", pick(p, p.text("body form file"), func() any { return []any{p.word("body form files"), p.word("body form files")} })
				case 1:
					o["type"] = "text"
				}
				p.set(o, "contentType", p.text("body part's content type"))
				p.set(o, "fileName", p.text("body part's file name"))
			})}
		},
		func() object { return object{"mode": "file", "file": object{"src": p.word("body file")}} },
		func() object { return object{"mode": "file", "file": p.word("body file as text")} },
		func() object {
			return object{"mode": "file", "file": object{"content": p.word("body content of the body file")}}
		},
		func() object {
			return object{"mode": "graphql", "graphql": object{"query": p.word("body graphql query"), "variables": p.word("body graphql variables"), "operationName": p.word("body operation")}}
		},
		func() object { return nil })
	if b == nil {
		return nil
	}
	p.set(b, "disabled", func() any { return true })
	return b
}

func (p *planter) example() any {
	return object{
		"name": p.word("example name"), "originalRequest": p.request(), "status": p.word("example status"), "code": 200,
		"header": p.headers("example header"), "body": p.word("example body"),
		"cookie": []any{object{"name": p.word("cookie name"), "value": p.word("cookie value"), "domain": "x.test", "path": "/"}},
	}
}

func (p *planter) request() any {
	return pick(p,
		func() any { return "http://" + p.word("request as text") + ".test/" },
		func() any { return p.fullRequest() }, func() any { return p.fullRequest() }, func() any { return p.fullRequest() })
}

func (p *planter) fullRequest() any {
	r := object{"url": p.url()}
	p.set(r, "method", func() any { return pick(p, func() any { return "POST" }, func() any { return p.upper("method") }) })
	p.set(r, "header", func() any { return p.headers("header") })
	p.set(r, "body", p.body)
	p.set(r, "auth", func() any { return p.auth("request auth") })
	p.set(r, "description", func() any { return p.description("request description") })
	p.set(r, "proxy", func() any { return object{"host": p.word("proxy host"), "match": "*://*/*"} })
	p.set(r, "certificate", func() any { return object{"name": p.word("certificate name"), "matches": []any{"*://x.test/*"}} })
	return r
}

func (p *planter) item(depth int) any {
	it := object{}
	p.set(it, "name", p.text("item name"))
	p.set(it, "id", p.text("item id"))
	p.set(it, "description", func() any { return p.description("item description") })
	p.set(it, "event", func() any { return p.scripts("item script") })
	p.set(it, "variable", func() any { return p.variables("item variable") })
	p.set(it, "protocolProfileBehavior", func() any { return object{"followRedirects": false, "tlsCipherSelection": []any{p.word("cipher")}} })
	p.set(it, p.word("unknown key"), p.text("value of an unknown key"))
	if depth < 2 && p.rand.IntN(4) == 0 {
		it["item"] = p.items(depth + 1)
		p.set(it, "auth", func() any { return p.auth("folder auth") })
		return it
	}
	it["request"] = p.request()
	p.set(it, "response", func() any { return []any{p.example()} })
	return it
}

func (p *planter) items(depth int) []any {
	list := []any{}
	for range 1 + p.rand.IntN(3) {
		list = append(list, p.item(depth))
	}
	return list
}

func (p *planter) collection() []byte {
	info := object{"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}
	p.set(info, "name", p.text("collection name"))
	p.set(info, "description", func() any { return p.description("collection description") })
	p.set(info, "version", func() any {
		return pick(p, p.text("version"), func() any { return object{"major": 3, "identifier": p.word("version identifier")} })
	})
	c := object{"info": info, "item": p.items(0)}
	p.set(c, "event", func() any { return p.scripts("collection script") })
	p.set(c, "variable", func() any { return p.variables("collection variable") })
	p.set(c, "auth", func() any { return p.auth("collection auth") })
	data, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return data
}

// missing returns the planted words of data that neither the output nor a loss has.
func (p *planter) missing(data []byte, output string, losses []Loss, notices []string) []string {
	said := strings.Join(notices, "\n")
	for _, l := range losses {
		said += l.Path + " " + l.What + "\n"
	}
	var list []string
	for w, place := range p.words {
		if strings.Contains(string(data), w) && !strings.Contains(output, w) && !strings.Contains(said, w) && !covers(said, place) {
			list = append(list, w+" ("+place+")")
		}
	}
	return list
}

func TestEveryPlantedWordIsConvertedOrNamedAsLost(t *testing.T) {
	for seed := range uint64(400) {
		p := &planter{rand: rand.New(rand.NewPCG(seed, 1)), words: map[string]string{}}
		data := p.collection()
		there, err := Run(Source{Name: "planted.json", Data: data}, "3.0")
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, data)
		}
		var files strings.Builder
		for name, text := range there.Files {
			files.WriteString(name + "\n" + string(text) + "\n")
		}
		if lost := p.missing(data, files.String(), there.Losses, there.Notices); len(lost) > 0 {
			t.Errorf("seed %d, to 3.0: lost in silence: %q\nlosses %q", seed, lost, there.Losses)
		}
		back, err := Run(Source{Name: "planted", FS: tree(there.Files), Dir: "."}, "2.1")
		if err != nil {
			t.Fatalf("seed %d, back: %v", seed, err)
		}
		if lost := p.missing([]byte(files.String()), string(back.Document), back.Losses, back.Notices); len(lost) > 0 {
			t.Errorf("seed %d, back to 2.1: lost in silence: %q\nlosses %q", seed, lost, back.Losses)
		}
	}
}

// covers says whether a loss names the whole of what a word stood in.
func covers(said, place string) bool {
	for phrase, parts := range map[string][]string{
		`key "`:                          {"value of an unknown key", "proxy", "certificate"},
		"cookies":                        {"cookie"},
		"the body, which ":               {"body "},
		"the content of the body's file": {"body content of the body file"},
		"nothing reads":                  {"item variable"},
		"the second description":         {"item description"},
		"the request's auth":             {"request auth"},
		"the request's description":      {"request description"},
		"path variables, which":          {"path variable"},
		"disabled and described query":   {"query"},
		"raw is left out":                {"host in raw", "path in raw", "query in raw"},
	} {
		for _, part := range parts {
			if strings.HasPrefix(place, part) && strings.Contains(said, phrase) {
				return true
			}
		}
	}
	return false
}
