package variable

import "time"

// files are names, extensions and types of files, and what databases are made of.
func files() map[string]maker {
	return map[string]maker{
		"randomFileName":       func(d *Dynamic) string { return d.fileStem() + "." + d.extension() },
		"randomCommonFileName": func(d *Dynamic) string { return d.fileStem() + "." + d.commonExtension() },
		"randomFileExt":        (*Dynamic).extension,
		"randomCommonFileExt":  (*Dynamic).commonExtension,
		"randomFileType": func(d *Dynamic) string {
			return d.pick("x-shader x-conference application text message multipart model image font audio video")
		},
		"randomCommonFileType": func(d *Dynamic) string { return d.pick("video audio image text application") },
		"randomMimeType": func(d *Dynamic) string {
			return d.pick("application/json application/pdf application/xml application/zip application/link-format audio/mpeg " +
				"image/png image/svg+xml image/jpeg text/plain text/css text/html text/csv video/mp4 multipart/mixed font/woff2")
		},
		"randomFilePath":      func(d *Dynamic) string { return d.directory() + "/" + d.fileStem() + "." + d.extension() },
		"randomDirectoryPath": (*Dynamic).directory,

		"randomDatabaseColumn": func(d *Dynamic) string {
			return d.pick("id title name email phone token group category password comment avatar status createdAt updatedAt")
		},
		"randomDatabaseType": func(d *Dynamic) string {
			return d.pick("int varchar text date datetime tinyint time timestamp smallint serial mediumint bigint decimal float real double boolean bit enum set blob binary geometry point")
		},
		"randomDatabaseCollation": func(d *Dynamic) string {
			return d.pick("utf8_unicode_ci utf8_general_ci utf8_bin ascii_bin ascii_general_ci cp1250_bin cp1250_general_ci")
		},
		"randomDatabaseEngine": func(d *Dynamic) string { return d.pick("InnoDB MyISAM MEMORY CSV BLACKHOLE ARCHIVE") },
	}
}

func (d *Dynamic) fileStem() string {
	return d.list(d.between(1, 3), "_", func(d *Dynamic) string {
		return d.pick("invoice report order backup summary draft notes plan budget receipt export archive image letter contract")
	})
}

func (d *Dynamic) extension() string {
	return d.pick("pdf txt csv json xml html png jpg gif svg mp3 mp4 zip tar gz doc docx xls xlsx ppt odt epub dwf wav webm woff yaml")
}

func (d *Dynamic) commonExtension() string {
	return d.pick("pdf mpeg wav png mp4 gif jpg jpeg html txt")
}

func (d *Dynamic) directory() string {
	return d.pick("/bin /boot /dev /etc /etc/cron.d /etc/init.d /home /home/user /lib /media /mnt /net /opt /opt/bin /opt/lib " +
		"/private /private/tmp /root /sbin /srv /sys /tmp /usr /usr/bin /usr/include /usr/lib /usr/local/bin /usr/sbin " +
		"/usr/share /usr/src /var /var/log /var/mail /var/spool /var/tmp /Users /Library /System")
}

// dates are days near today, as JavaScript prints a Date.
func dates() map[string]maker {
	const day = 24 * time.Hour
	return map[string]maker{
		"randomDatePast":   func(d *Dynamic) string { return d.date(-365*day, 0) },
		"randomDateFuture": func(d *Dynamic) string { return d.date(0, 365*day) },
		"randomDateRecent": func(d *Dynamic) string { return d.date(-day, 0) },
		"randomMonth": func(d *Dynamic) string {
			return time.Month(d.between(1, 12)).String()
		},
		"randomWeekday": func(d *Dynamic) string { return time.Weekday(d.intn(7)).String() },
	}
}

// date is a moment between two distances from now.
func (d *Dynamic) date(from, to time.Duration) string {
	seconds := int((to - from) / time.Second)
	at := d.now().Add(from + time.Duration(1+d.intn(seconds-1))*time.Second)
	return DateText(at)
}

// DateText returns a moment as JavaScript's Date.prototype.toString does, such as
// "Mon Jul 13 2026 12:26:52 GMT+0000 (Coordinated Universal Time)".
func DateText(at time.Time) string {
	zone, offset := at.Zone()
	if offset == 0 && (zone == "UTC" || zone == "") {
		zone = "Coordinated Universal Time"
	}
	return at.Format("Mon Jan 02 2006 15:04:05 GMT-0700") + " (" + zone + ")"
}

// pictures are addresses of images that nobody may serve any more.
func pictures() map[string]maker {
	const service = "http://placeimg.com/640/480"
	all := map[string]maker{
		"randomImageUrl": func(*Dynamic) string { return service },
		"randomAvatarImage": func(d *Dynamic) string {
			return "https://cdn.fakercloud.com/avatars/" + plain(d.firstName()) + "_128.jpg"
		},
		"randomImageDataUri": func(*Dynamic) string {
			return "data:image/svg+xml;charset=UTF-8,%3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%22%20version%3D%221.1%22" +
				"%20width%3D%22undefined%22%20height%3D%22undefined%22%3E%3C%2Fsvg%3E"
		},
	}
	for name, category := range map[string]string{
		"Abstract": "abstract", "Animals": "animals", "Business": "business", "Cats": "cats", "City": "city", "Food": "food",
		"Nightlife": "nightlife", "Fashion": "fashion", "People": "people", "Nature": "nature", "Sports": "sports", "Transport": "transport",
	} {
		all["random"+name+"Image"] = func(*Dynamic) string { return service + "/" + category }
	}
	return all
}
