package variable

import "strconv"

// places are cities, streets, countries and where they lie.
func places() map[string]maker {
	return map[string]maker{
		"randomCity":          (*Dynamic).city,
		"randomStreetName":    (*Dynamic).street,
		"randomStreetAddress": func(d *Dynamic) string { return d.chars(d.between(3, 5), digits) + " " + d.street() },
		"randomCountry": func(d *Dynamic) string {
			return d.phrase("Norway|Sweden|Denmark|Finland|Iceland|Estonia|Latvia|Lithuania|Poland|Germany|France|Spain|Portugal|" +
				"Italy|Greece|Ireland|Netherlands|Belgium|Austria|Switzerland|Japan|India|Brazil|Chile|Peru|Kenya|Ghana|" +
				"Egypt|Morocco|South Africa|New Zealand|Australia|Canada|Mexico|United Kingdom|United States of America")
		},
		"randomCountryCode": func(d *Dynamic) string {
			return d.pick("NO SE DK FI IS EE LV LT PL DE FR ES PT IT GR IE NL BE AT CH JP IN BR CL PE KE GH EG MA ZA NZ AU CA MX GB US")
		},
		"randomLatitude":  func(d *Dynamic) string { return d.degrees(90) },
		"randomLongitude": func(d *Dynamic) string { return d.degrees(180) },
	}
}

func (d *Dynamic) city() string {
	name := d.firstName() + d.pick("town ville ton berg side fort mouth bury land view stad port")
	switch d.intn(3) {
	case 0:
		return d.pick("North East West South New Lake Port") + " " + name
	case 1:
		return d.phrase("Oslo|Bergen|Santa Maria|San Pedro|Aarhus|Turku|Gothenburg|Cape Coral|Fort Wayne")
	}
	return name
}

func (d *Dynamic) street() string {
	return d.lastName() + " " + d.pick("Alley Avenue Bridge Canyon Circle Court Cove Drive Estate Field Forge Gardens Glen Grove "+
		"Harbor Hill Island Key Lane Lights Meadow Mews Mill Park Path Place Plaza Ridge River Road Shore Shores Square Street Terrace "+
		"Trail Valley View Walk Way")
}

// degrees is a number with four places between plus and minus limit.
func (d *Dynamic) degrees(limit int) string {
	const scale = 10_000
	return strconv.FormatFloat(float64(d.between(-limit*scale, limit*scale))/scale, 'f', 4, 64)
}
