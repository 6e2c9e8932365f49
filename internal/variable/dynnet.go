package variable

import (
	"strconv"
	"strings"
)

// internet are addresses of every kind.
func internet() map[string]maker {
	hexByte := func(d *Dynamic) string { return d.chars(2, lowerHex) }
	return map[string]maker{
		"randomEmail":        func(d *Dynamic) string { return plain(d.userName()) + "@" + d.pick("gmail yahoo hotmail") + ".com" },
		"randomExampleEmail": func(d *Dynamic) string { return plain(d.userName()) + "@example." + d.pick("com org net") },
		"randomProtocol":     func(d *Dynamic) string { return d.pick("http https") },
		"randomUrl":          func(d *Dynamic) string { return d.pick("http https") + "://" + d.domain() },
		"randomDomainName":   (*Dynamic).domain,
		"randomDomainWord":   func(d *Dynamic) string { return strings.ToLower(d.firstName()) },
		"randomDomainSuffix": func(d *Dynamic) string { return d.pick("com biz info name net org") },
		"randomIP": func(d *Dynamic) string {
			return d.list(4, ".", func(d *Dynamic) string { return strconv.Itoa(d.intn(256)) })
		},
		"randomIPV6": func(d *Dynamic) string {
			return d.list(8, ":", func(d *Dynamic) string { return d.chars(4, lowerHex) })
		},
		"randomMACAddress": func(d *Dynamic) string { return d.list(6, ":", hexByte) },
		"randomUserAgent":  (*Dynamic).userAgent,
	}
}

func (d *Dynamic) domain() string {
	return strings.ToLower(d.firstName()) + "." + d.pick("com biz info name net org")
}

func (d *Dynamic) userAgent() string {
	system := d.phrase("Windows NT 10.0; Win64; x64|Macintosh; Intel Mac OS X 10_15_7|X11; Linux x86_64")
	major := strconv.Itoa(d.between(90, 140))
	if d.intn(2) == 0 {
		return "Mozilla/5.0 (" + system + "; rv:" + major + ".0) Gecko/20100101 Firefox/" + major + ".0"
	}
	return "Mozilla/5.0 (" + system + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + major + ".0.0.0 Safari/537.36"
}
