package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// What lazy JSON saves where a script looks at little, and costs where it looks at all.
func BenchmarkLazyJSON(b *testing.B) {
	item := `{"id":12345,"name":"Ola Nordmann","tags":["a","b","c"],"price":12.5,"active":true,"note":null,"address":{"street":"Karl Johans gate 1","zip":"0154"}}`
	programs := map[string]string{
		"length": `JSON.parse(text).items.length`,
		"first":  `JSON.parse(text).items[0].id`,
		"find":   `JSON.parse(text).items.find(x => x.id === 'last')`,
		"all":    `let n = 0; for (const x of JSON.parse(text).items) n += x.id`,
		"map":    `JSON.parse(text).items.map(x => x.id)`,
	}
	for _, size := range []int{16 << 10, 64 << 10, 10 << 20} {
		text := `{"items":[` + strings.Repeat(item+",", size/(len(item)+1)) + item + "]}"
		for name, source := range programs {
			program := goja.MustCompile("", "(function(){"+source+"})()", false)
			for how, least := range map[string]int{"lazy": 1 << 12, "at once": -1} {
				b.Run(fmt.Sprintf("%s/%dKiB/%s", name, size>>10, how), func(b *testing.B) {
					vm := parsingVM(least)
					_ = vm.Set("text", text)
					b.SetBytes(int64(len(text)))
					b.ReportAllocs()
					for b.Loop() {
						if _, err := vm.RunProgram(program); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
