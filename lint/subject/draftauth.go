package subject

import (
	"regexp"
	"strings"
	"sync"
)

// authenticate adds what the request's auth will: a header or a parameter of the query, whose value is a gap but for the name
// of an API key.
func (d *draft) authenticate() {
	if d.step.Item.Request.URL.User != nil {
		d.setHeader("Authorization", d.gap())
	}
	auth, _ := d.k.authOf(d.step.Item)
	if auth == nil {
		return
	}
	param := func(key, otherwise string) string {
		if v := auth.Param(key); v.Truthy() {
			return d.text(v.String())
		}
		return otherwise
	}
	switch auth.Type {
	case "noauth", "inherit":
	case "apikey":
		key := param("key", "")
		switch {
		case key == "":
		case param("in", "header") == "query":
			d.query(key, d.gap())
		default:
			d.setHeader(key, d.gap())
		}
	case "oauth2":
		if param("addTokenTo", "header") == "queryParams" {
			d.query("access_token", d.gap())
			return
		}
		d.setHeader("Authorization", d.gap())
	case "jwt":
		if param("addTokenTo", "header") != "header" {
			d.query(param("queryParamKey", "token"), d.gap())
			return
		}
		d.setHeader("Authorization", d.gap())
	case "awsv4":
		for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"} {
			d.setHeader(name, d.gap())
		}
	default:
		d.setHeader("Authorization", d.gap())
	}
}

// changes are what the prerequest scripts of a step do to the request, as far as their texts tell. Reading the request is no
// change.
type changes struct {
	all       bool     // anything
	headers   []string // they set, by name
	anyHeader bool     // they set headers whose names are computed
	query     bool     // they add to the query
	body      bool
}

// putting is the methods of the SDK's lists that change them.
const putting = `(?:add|upsert|insert|append|prepend|populate|assimilate|remove|clear|update|push|unshift|splice)\w*\s*\(`

// The writes to pm.request: anything, also by handing it to somebody; parts of the URL; the query; headers; headers whose names
// are written there; the body.
var (
	changesAll = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`pm\.request\.(?:update|method\s*=[^=])|pm\.request\s*(?:[;,)\]\[=]|$)|\{[^}]*\brequest\b[^}]*\}\s*=\s*pm\b` +
			`|pm\.request\.url(?:\.\w+|\[[^\]]*\])*\s*=[^=]|pm\.request\.url\.(?:update|(?:path|host|variables)\.` + putting + `)`)
	})
	changesQuery = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`pm\.request\.(?:url\.)?(?:addQueryParams|removeQueryParams)|pm\.request\.url\.query\.` + putting)
	})
	changesHeader = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`pm\.request\.(?:headers\.` + putting + `|headers\s*=[^=]|(?:add|upsert)Header)`)
	})
	changesNamed = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`pm\.request\.(?:headers\.(?:add|upsert|append|insert|prepend)|addHeader|upsertHeader)\s*\(` +
			`\s*\{[^{}]*?\bkey["']?\s*:\s*(?:"([^"\\]+)"|'([^'\\]+)')`)
	})
	changesBody = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`pm\.request\.body(?:\.\w+|\[[^\]]*\])*\s*=[^=]|pm\.request\.body\.(?:\w+\.)?` + putting)
	})
)

// changesOf looks at all scripts that run before the request is sent.
func changesOf(s *Step) changes {
	var c changes
	for _, script := range s.Pre {
		source := script.Event.Script.Source
		if !strings.Contains(source, "request") {
			continue
		}
		c.all = c.all || changesAll().MatchString(source)
		c.query = c.query || changesQuery().MatchString(source)
		c.body = c.body || changesBody().MatchString(source)
		named := changesNamed().FindAllStringSubmatch(source, -1)
		for _, m := range named {
			c.headers = append(c.headers, m[1]+m[2])
		}
		c.anyHeader = c.anyHeader || len(changesHeader().FindAllString(source, -1)) > len(named)
	}
	return c
}
