package lodash

import (
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// plainLetters lists letters of Latin by what deburr writes for them, as lodash answered for each.
const plainLetters = `A:ÀÁÂÃÄÅĀĂĄ Ae:Æ C:ÇĆĈĊČ E:ÈÉÊËĒĔĖĘĚ I:ÌÍÎÏĨĪĬĮİ D:ÐĎĐ N:ÑŃŅŇŊ O:ÒÓÔÕÖØŌŎŐ U:ÙÚÛÜŨŪŬŮŰŲ Y:ÝŶŸ Th:Þ ss:ß
	a:àáâãäåāăą ae:æ c:çćĉċč e:èéêëēĕėęě i:ìíîïĩīĭįı d:ðďđ n:ñńņňŋ o:òóôõöøōŏő u:ùúûüũūŭůűų y:ýÿŷ th:þ G:ĜĞĠĢ g:ĝğġģ H:ĤĦ h:ĥħ
	IJ:Ĳ ij:ĳ J:Ĵ j:ĵ K:Ķ k:ķĸ L:ĹĻĽĿŁ l:ĺļľŀł 'n:ŉ Oe:Œ oe:œ R:ŔŖŘ r:ŕŗř S:ŚŜŞŠ s:śŝşšſ T:ŢŤŦ t:ţťŧ W:Ŵ w:ŵ Z:ŹŻŽ z:źżž`

//nolint:gochecknoglobals // a table, made when it is first asked for
var letters = sync.OnceValue(func() map[uint16]string {
	table := map[uint16]string{}
	for _, field := range strings.Fields(plainLetters) {
		letter, from, _ := strings.Cut(field, ":")
		for _, r := range from {
			table[uint16(r)] = letter
		}
	}
	return table
})

// isMark says that a unit is a combining mark.
func isMark(c uint16) bool {
	return c >= 0x300 && c <= 0x36f || c >= 0xfe20 && c <= 0xfe2f || c >= 0x20d0 && c <= 0x20ff
}

// deburr writes letters of Latin without what is on them.
func (l *library) deburr(call goja.FunctionCall) goja.Value {
	text := call.Argument(0)
	units := native.UTF16(text)
	out := make([]uint16, 0, len(units))
	for _, c := range units {
		switch letter, ok := letters()[c]; {
		case ok:
			for _, r := range letter {
				out = append(out, uint16(r))
			}
		case !isMark(c):
			out = append(out, c)
		}
	}
	return goja.StringFromUTF16(out)
}
