package serial

import "slices"

// A PresetInfo describes a preset: a scheme that a standard or a law lays down. Copy the pattern
// and change what your company chooses; the fields in it are yours to give.
type PresetInfo struct {
	Name    string
	Pattern string
	Source  string // the standard or law
	Note    string // what to know before use
}

// vinChars and the alphabets that the presets share.
const (
	vinChars = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
	hibc     = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
	uii      = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/" // MIL-STD-130N
	tin      = "ABCDEFHJKLMNPRTUVWXY1234567890"         // 49 CFR 574.5
)

// Presets lists all presets.
func Presets() []PresetInfo { return slices.Clone(presets) }

// Preset returns the preset of a name that [Presets] lists, such as "udi", and whether there is
// one. A scrambled scheme needs its keys: see [Scheme.WithKeys].
func Preset(name string) (*Scheme, bool) {
	for _, p := range presets {
		if p.Name == name {
			return MustCompile(p.Pattern), true
		}
	}
	return nil, false
}

var presets = []PresetInfo{
	{"eu-fmd", "{index:12 alnum without=IJLOQU scrambled}{odds:1/10000}", "Commission Delegated Regulation (EU) 2016/161, article 4",
		"at most 20 characters; a guess hits with odds below 1/10,000; no serial again until a year after expiry or five after release: never, here"},
	{"us-dscsa", "{index:11 crockford scrambled}{check}", "21 U.S.C. 360eee (DSCSA), FDA SNI guidance",
		"at most 20 characters; randomisation is the maker's choice"},
	{"udi", "{index:8 crockford scrambled group=4}{check}", "GS1 General Specifications, AI 21; 21 CFR 830; Regulation (EU) 2017/745",
		"AI 21 takes at most 20 characters; the check character catches what is typed from a label"},
	{"sscc", "{index:9}", "GS1 General Specifications, 2.2.1",
		"serial reference behind the extension digit and a company prefix of 7 digits: 16 digits together; package gs1 adds the check digit"},
	{"imei", "{tac:8 digits}{index:6}{check:luhn}{reset:tac}", "3GPP TS 23.003, 6.2.1",
		"the type allocation code comes from the GSMA"},
	{"meid", "{maker:8 hex}{index:6 hex}{check:luhn-hex}{reset:maker}", "3GPP2 S.R0048",
		"regional code A0–FF and manufacturer code; the check digit is printed, not transmitted"},
	{"mac-48", "{oui:6 hex}{index:6 hex group=2}{reset:oui}", "IEEE 802, 8.2", "step=2 and more for devices that use the next addresses too"},
	{"eui-64", "{oui:6 hex}{index:10 hex group=2}{reset:oui}", "IEEE Std 802, EUI-64", ""},
	{"vin", "{wmi:3 of=" + vinChars + "}{vds:5 of=" + vinChars + "}{check:vin over=all}{Y:vin}{plant:1 of=" + vinChars + "}{index:6}{reset:wmi,year,plant}", "ISO 3779; 49 CFR 565",
		"the year is the model year, so give that as the time; it comes again after thirty years and the counter goes on; the index counts across descriptors"},
	{"iso6346", "{owner:3 letters}U{index:6}{check:iso6346 skip}{reset:owner}", "ISO 6346:2022",
		"U is a freight container, J its equipment, Z a trailer; numbers whose remainder is 10 are left out, as the standard advises: to read those of others, whose check is 0, take iso6346-any"},
	{"iso6346-any", "{owner:3 letters}{category:1 of=UJZ}{index:6}{check:iso6346}{reset:owner,category}", "ISO 6346:2022",
		"reads every container number, also those whose remainder is 10; to issue new ones take iso6346"},
	{"hibc-primary", "+{lic:4}{product:1-18}{index:1}{check:mod43}", "ANSI/HIBC 2.6, primary data structure",
		"the index is the unit of measure, 0 to 9: this names a product, not a unit"},
	{"hibc-secondary", "+$+{index:8 alnum}{link:1 of=\"" + hibc + "\"}{check:mod43}{given:product}", "ANSI/HIBC 2.6, secondary data structure with a serial number",
		"link is the check character of the primary code; a serial number takes 18 characters at most"},
	{"mil-std-130-1", "D{cage:5 alnum without=IO}{index:8 alnum without=IO}{reset:cage}", "MIL-STD-130N, UII construct 1; data identifiers 18S, 25S",
		"D is the agency of CAGE codes; unique within the enterprise; symbol.Envelope puts it into ISO/IEC 15434"},
	{"mil-std-130-2", "D{cage:5 alnum without=IO}{part:1-32 of=" + uii + "}{index:8 alnum without=IO}{reset:cage,part}", "MIL-STD-130N, UII construct 2; data identifiers 18S, 1P, S",
		"unique within the original part number; 50 characters at most"},
	{"iso15459", "{agency:2 letters}{company:9}{prefix:1-12}{index:12 alnum}{reset:agency,company,prefix}", "ISO/IEC 15459-1; data identifiers J (transport units), 25S (items)",
		"35 characters at most; agency UN takes a D-U-N-S number, others have company codes of other widths; the prefix is the company's, such as one for each plant"},
	{"isbt128-din", "{facility:5 alnum}{YY}{index:6}{check:mod37-2}{reset:facility,year}", "ISBT 128 Standard Technical Specification, data structure 001",
		"the check character is printed beside the number and not encoded"},
	{"ifa-ppn", "11{index:8}{check:ppn}", "IFA: Pharmacy Product Number", "the index is the PZN, which IFA gives: this names a product, not a unit"},
	{"imo", "IMO{index:6 as=number}{check:imo over=number}", "IMO resolution A.1117(30)", "numbers come from the register"},
	{"tyre-dot", "DOT{plant:3 of=" + tin + "}{code:6 of=" + tin + "}{WW}{GG}{index:5}{reset:plant,code,week}", "49 CFR 574.5",
		"the tyre identification number is 13 characters after DOT and ends in week and year; the index behind it is the maker's own. WW is the ISO week: the rule's week 01 is the first full one of the year"},
}
