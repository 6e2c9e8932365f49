package intl

import (
	"strings"
	"testing"
)

// Node 20 printed what is wanted here.
func TestLocales(t *testing.T) {
	const d = "const d = new Date(Date.UTC(2024, 0, 5, 9, 3, 7)), z = {timeZone: 'UTC'}; "
	tests := map[string]struct{ give, want string }{
		"numbers":              {"say((1234567.891).toLocaleString()); say((1234.5678).toLocaleString('en-US', {minimumFractionDigits: 2, maximumFractionDigits: 2})); say(NaN.toLocaleString())", "1,234,567.891|1,234.57|NaN"},
		"Norwegian numbers":    {"say((1234567.891).toLocaleString('nb-NO')); say((1234.5).toLocaleString('nb-NO', {style: 'currency', currency: 'NOK'}))", "1\u00a0234\u00a0567,891|1\u00a0234,50\u00a0kr"},
		"German numbers":       {"say((1234567.891).toLocaleString('de-DE')); say((0.256).toLocaleString('de-DE', {style: 'percent'}))", "1.234.567,891|26\u00a0%"},
		"halves go up":         {"say((1.005).toLocaleString('en-US', {maximumFractionDigits: 2})); say((0.5).toLocaleString('en-US', {maximumFractionDigits: 0})); say((0.04).toLocaleString('en-US', {maximumFractionDigits: 1}))", "1.01|1|0"},
		"money":                {"say((-1234.5).toLocaleString('en-US', {style: 'currency', currency: 'USD'})); say((1234.5).toLocaleString('en-US', {style: 'currency', currency: 'NOK'})); say((1234.5).toLocaleString('en-US', {style: 'currency', currency: 'JPY'}))", "-$1,234.50|NOK\u00a01,234.50|¥1,235"},
		"without grouping":     {"say((1234).toLocaleString('en-US', {useGrouping: false})); say((5).toLocaleString('en-US', {minimumIntegerDigits: 2}))", "1234|05"},
		"American dates":       {d + "say(d.toLocaleString('en-US', z)); say(d.toLocaleDateString('en-US', z)); say(d.toLocaleTimeString('en-US', z))", "1/5/2024, 9:03:07 AM|1/5/2024|9:03:07 AM"},
		"British dates":        {d + "say(d.toLocaleString('en-GB', z))", "05/01/2024, 09:03:07"},
		"Norwegian dates":      {d + "say(d.toLocaleString('nb-NO', z)); say(d.toLocaleDateString('nb-NO', {...z, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long'}))", "5.1.2024, 09:03:07|fredag 5. januar 2024"},
		"Swedish dates":        {d + "say(d.toLocaleString('sv-SE', z))", "2024-01-05 09:03:07"},
		"Danish times":         {d + "say(d.toLocaleTimeString('da-DK', z))", "09.03.07"},
		"two digits":           {d + "say(d.toLocaleDateString('en-US', {...z, year: 'numeric', month: '2-digit', day: '2-digit'})); say(d.toLocaleDateString('nb-NO', {...z, year: 'numeric', month: '2-digit', day: '2-digit'}))", "01/05/2024|05.01.2024"},
		"names":                {d + "say(d.toLocaleDateString('en-US', {...z, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long'})); say(d.toLocaleDateString('en-US', {...z, month: 'short', day: 'numeric'}))", "Friday, January 5, 2024|Jan 5"},
		"hours and minutes":    {d + "say(d.toLocaleTimeString('en-US', {...z, hour: '2-digit', minute: '2-digit'})); say(d.toLocaleTimeString('nb-NO', {...z, hour: '2-digit', minute: '2-digit'}))", "09:03 AM|09:03"},
		"styles":               {d + "say(d.toLocaleDateString('en-US', {...z, dateStyle: 'medium'})); say(d.toLocaleDateString('en-CA', z))", "Jan 5, 2024|2024-01-05"},
		"Intl":                 {d + "say(new Intl.NumberFormat('de-DE').format(1234.5)); say(new Intl.DateTimeFormat('en-GB', z).format(d)); say(typeof Intl.DateTimeFormat().resolvedOptions().timeZone)", "1.234,5|05/01/2024|string"},
		"an unknown zone":      {d + "try { d.toLocaleString('en-US', {timeZone: 'Nowhere/Land'}) } catch (e) { say(e.name + ': ' + e.message) }", "RangeError: Invalid time zone specified: Nowhere/Land"},
		"what is not a number": {"say([1234, 'a'].toLocaleString())", "1,234,a"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var said []string
			vm := newVM(t)
			_ = vm.Set("say", func(text string) { said = append(said, text) })
			if _, err := vm.RunString("(function () {" + test.give + "})()"); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(said, "|"); got != test.want {
				t.Errorf("said %q, want %q", got, test.want)
			}
		})
	}
}
