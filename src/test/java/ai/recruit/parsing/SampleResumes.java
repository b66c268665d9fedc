package ai.recruit.parsing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Good resumes of people who do not exist, made from a number: the same seed gives the same person, two seeds never
 * share a name together with an e-mail address or a phone number. Every format of {@link DocumentType} but the binary
 * DOC can be written.
 */
public final class SampleResumes {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final String[] FIRST = {
        "Anna", "Boris", "Clara", "David", "Elena", "Frank", "Grace", "Henry", "Irene", "James", "Karen", "Lucas",
        "Maria", "Nolan", "Olivia", "Peter", "Quentin", "Rachel", "Simon", "Teresa"
    };
    private static final String[] LAST = {
        "Abbott", "Barlow", "Castell", "Dunmore", "Ellery", "Fairley", "Goddard", "Hartwell", "Ingram", "Jessop",
        "Kendrick", "Lockwood", "Merrick", "Norwood", "Oakley", "Prescott", "Quimby", "Radcliff", "Sherwood", "Thornton"
    };
    private static final String[] FIRST_RU = {
        "Алексей",
        "Борис",
        "Виктор",
        "Григорий",
        "Денис",
        "Евгений",
        "Иван",
        "Кирилл",
        "Михаил",
        "Николай",
        "Олег",
        "Павел",
        "Роман",
        "Сергей",
        "Тимофей",
        "Фёдор",
        "Юрий",
        "Ярослав",
        "Артём",
        "Дмитрий"
    };
    private static final String[] LAST_RU = {
        "Абрамов", "Белов", "Воронцов", "Громов", "Дементьев", "Ершов", "Жуков", "Зимин", "Ильин", "Корнилов",
        "Лаптев", "Морозов", "Никитин", "Орлов", "Поляков", "Рябов", "Соколов", "Трофимов", "Уваров", "Филатов"
    };
    private static final String[] PATRONYMIC_RU = {
        "Алексеевич", "Борисович", "Викторович", "Дмитриевич", "Иванович", "Николаевич", "Петрович", "Сергеевич"
    };
    private static final String[] CITIES = {"Portland, OR", "Austin, TX", "Denver, CO", "Boston, MA", "Chicago, IL"};
    private static final String[] CITIES_RU = {"Москва", "Санкт-Петербург", "Новосибирск", "Казань", "Екатеринбург"};
    private static final String[] COMPANIES = {
        "Northwind Software",
        "Blue Harbor Systems",
        "Juniper Analytics",
        "Copperline Labs",
        "Silverbrook Media",
        "Redwood Payments",
        "Granite Cloud",
        "Maple Robotics"
    };
    private static final String[] COMPANIES_RU = {
        "ООО «Северный ветер»",
        "АО «Альфа Софт»",
        "ООО «Гранит Технологии»",
        "ООО «Новые платежи»",
        "АО «Восток Телеком»"
    };
    private static final String[] TITLES = {
        "Software Engineer", "Backend Developer", "Data Analyst", "Frontend Developer", "DevOps Engineer", "QA Engineer"
    };
    private static final String[] TITLES_RU = {
        "Инженер-программист", "Разработчик Java", "Аналитик данных", "Системный администратор", "Тестировщик"
    };
    private static final String[][] SKILLS = {
        {"Java", "Spring Boot", "PostgreSQL", "Docker", "Apache Kafka", "Git"},
        {"Python", "Django", "Redis", "AWS", "Linux", "SQL"},
        {"JavaScript", "TypeScript", "React", "HTML", "CSS", "Node.js"},
        {"SQL", "Python", "Tableau", "Power BI", "pandas", "Statistics"},
        {"Kubernetes", "Terraform", "Ansible", "Linux", "Prometheus", "Jenkins"},
        {"Selenium", "Postman", "JUnit", "Jira", "Test Automation", "SQL"},
    };
    private static final String[] AREAS = {
        "202", "212", "213", "303", "312", "404", "415", "503", "512", "602", "617", "702", "713", "808", "919", "206"
    };
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final String[] MONTHS_RU = {
        "Январь",
        "Февраль",
        "Март",
        "Апрель",
        "Май",
        "Июнь",
        "Июль",
        "Август",
        "Сентябрь",
        "Октябрь",
        "Ноябрь",
        "Декабрь"
    };

    private SampleResumes() {}

    /**
     * A job of a {@link Person}.
     *
     * @param start {@code YYYY-MM}
     * @param end {@code YYYY-MM} or {@code present}
     */
    public record Job(String company, String position, String start, String end, String description) {}

    /** A school of a {@link Person}. */
    public record School(String institution, String degree, String field, int year) {}

    /** Whom a resume is about. {@code language} is {@code en} or {@code ru} and decides the words of the resume. */
    public record Person(
            String language,
            String name,
            String email,
            String phone,
            String location,
            String headline,
            List<String> skills,
            List<Job> jobs,
            School school) {

        public boolean russian() {
            return language.equals("ru");
        }

        public Person withEmail(String other) {
            return new Person(language, name, other, phone, location, headline, skills, jobs, school);
        }

        public Person withPhone(String other) {
            return new Person(language, name, email, other, location, headline, skills, jobs, school);
        }

        public Person withSkills(List<String> other) {
            return new Person(language, name, email, phone, location, headline, other, jobs, school);
        }

        public Person withJobs(List<Job> other) {
            return new Person(language, name, email, phone, location, headline, skills, other, school);
        }

        public Person withName(String other) {
            return new Person(language, other, email, phone, location, headline, skills, jobs, school);
        }

        public Person withLocation(String other) {
            return new Person(language, name, email, phone, other, headline, skills, jobs, school);
        }
    }

    /** An English-speaking person; seeds from 0 to 99,999 give distinct people. */
    public static Person person(int seed) {
        String first = FIRST[seed % FIRST.length];
        String last = LAST[seed / FIRST.length % LAST.length];
        String phone = String.format(
                Locale.ROOT, "(%s) %03d-%04d", AREAS[seed % AREAS.length], 220 + seed / 10_000, 1000 + seed % 9_000);
        int set = seed % SKILLS.length;
        List<Job> jobs = List.of(
                new Job(
                        COMPANIES[seed % COMPANIES.length],
                        "Senior " + TITLES[set],
                        date(2019, seed),
                        "present",
                        "Led a team of " + (2 + seed % 7) + " and delivered services with " + SKILLS[set][0] + "."),
                new Job(
                        COMPANIES[(seed + 3) % COMPANIES.length],
                        TITLES[set],
                        date(2015, seed + 2),
                        date(2018, seed + 1),
                        "Built and operated internal tools with " + SKILLS[set][1] + "."));
        return new Person(
                "en",
                first + " " + last,
                (first + "." + last).toLowerCase(Locale.ROOT) + seed + "@example.com",
                phone,
                CITIES[seed % CITIES.length],
                "Senior " + TITLES[set],
                List.of(SKILLS[set]),
                jobs,
                new School("Lakeside State University", "Bachelor of Science", "Computer Science", 2010 + seed % 5));
    }

    /** A Russian-speaking person; seeds from 0 to 99,999 give distinct people. */
    public static Person russian(int seed) {
        String first = FIRST_RU[seed % FIRST_RU.length];
        String last = LAST_RU[seed / FIRST_RU.length % LAST_RU.length];
        int set = seed % SKILLS.length;
        String title = TITLES_RU[seed % TITLES_RU.length];
        List<Job> jobs = List.of(
                new Job(
                        COMPANIES_RU[seed % COMPANIES_RU.length],
                        "Ведущий " + title.toLowerCase(Locale.ROOT),
                        date(2019, seed),
                        "present",
                        "Руководил группой из " + (2 + seed % 7) + " человек, внедрил " + SKILLS[set][0] + "."),
                new Job(
                        COMPANIES_RU[(seed + 2) % COMPANIES_RU.length],
                        title,
                        date(2015, seed + 2),
                        date(2018, seed + 1),
                        "Разрабатывал и сопровождал внутренние системы, применял " + SKILLS[set][1] + "."));
        return new Person(
                "ru",
                last + " " + first + " " + PATRONYMIC_RU[seed % PATRONYMIC_RU.length],
                "candidate.ru" + seed + "@example.com",
                String.format(
                        Locale.ROOT,
                        "+7 (9%02d) %03d-%02d-%02d",
                        10 + seed % 9,
                        200 + seed / 10_000,
                        seed / 100 % 100,
                        seed % 100),
                CITIES_RU[seed % CITIES_RU.length],
                title,
                List.of(SKILLS[set]),
                jobs,
                new School(
                        "Приозёрский государственный университет",
                        "Магистр",
                        "Прикладная математика",
                        2010 + seed % 5));
    }

    private static String date(int year, int seed) {
        return String.format(Locale.ROOT, "%04d-%02d", year, 1 + seed % 12);
    }

    /** A resume of the person in one of the formats. */
    public static byte[] write(Person person, DocumentType type) {
        return switch (type) {
            case PDF -> pdf(person);
            case DOCX -> docx(person);
            case RTF -> rtf(person);
            case ODT -> odt(person);
            case TXT -> txt(person);
            case HTML -> html(person);
            case WORD_XML -> wordXml(person);
            case DOC -> doc(person);
        };
    }

    private enum Kind {
        TITLE,
        TEXT,
        HEADING,
        BOLD,
        BULLET
    }

    private record Item(Kind kind, String text) {}

    private static List<Item> content(Person p) {
        boolean ru = p.russian();
        List<Item> items = new ArrayList<>();
        items.add(new Item(Kind.TITLE, p.name()));
        items.add(new Item(Kind.TEXT, p.headline()));
        items.add(new Item(Kind.TEXT, (ru ? "Телефон: " : "Phone: ") + p.phone()));
        items.add(new Item(Kind.TEXT, "E-mail: " + p.email()));
        items.add(new Item(Kind.TEXT, (ru ? "Город: " : "Location: ") + p.location()));
        items.add(new Item(Kind.HEADING, ru ? "О себе" : "Summary"));
        items.add(new Item(
                Kind.TEXT,
                ru
                        ? "Специалист с многолетним опытом; люблю порядок в данных и понятный код."
                        : "Practitioner with many years of experience who likes tidy data and plain code."));
        items.add(new Item(Kind.HEADING, ru ? "Опыт работы" : "Experience"));
        for (Job job : p.jobs()) {
            items.add(new Item(Kind.BOLD, job.position()));
            items.add(new Item(Kind.TEXT, job.company()));
            items.add(new Item(Kind.TEXT, range(job, ru)));
            items.add(new Item(Kind.BULLET, job.description()));
        }
        items.add(new Item(Kind.HEADING, ru ? "Образование" : "Education"));
        items.add(new Item(Kind.BOLD, p.school().institution()));
        items.add(new Item(
                Kind.TEXT,
                p.school().degree() + ", " + p.school().field() + ", "
                        + p.school().year()));
        items.add(new Item(Kind.HEADING, ru ? "Навыки" : "Skills"));
        items.add(new Item(Kind.TEXT, String.join(", ", p.skills())));
        items.add(new Item(Kind.HEADING, ru ? "Языки" : "Languages"));
        items.add(new Item(Kind.TEXT, ru ? "Русский (родной), Английский (B2)" : "English (native), Spanish (B1)"));
        return items;
    }

    private static String range(Job job, boolean ru) {
        return month(job.start(), ru) + " \u2013 "
                + (job.end().equals("present") ? ru ? "по настоящее время" : "Present" : month(job.end(), ru));
    }

    private static String month(String date, boolean ru) {
        int month = Integer.parseInt(date.substring(5, 7)) - 1;
        return (ru ? MONTHS_RU : MONTHS)[month] + " " + date.substring(0, 4);
    }

    /** As UTF-8 text. */
    public static byte[] txt(Person person) {
        return txt(person, StandardCharsets.UTF_8);
    }

    /** As text in a given encoding. */
    public static byte[] txt(Person person, Charset charset) {
        StringBuilder out = new StringBuilder();
        for (Item item : content(person)) {
            if (item.kind() == Kind.HEADING) {
                out.append('\n').append(item.text().toUpperCase(Locale.ROOT)).append("\n\n");
            } else {
                out.append(item.kind() == Kind.BULLET ? "- " : "")
                        .append(item.text())
                        .append('\n');
            }
        }
        return out.toString().getBytes(charset);
    }

    /** As a PDF of one page with an embedded font. */
    public static byte[] pdf(Person person) {
        try (PDDocument document = new PDDocument();
                InputStream fontFile = PDFTextStripper.class.getResourceAsStream(FONT)) {
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            PDFont font = PDType0Font.load(document, fontFile);
            try (PDPageContentStream out = new PDPageContentStream(document, page)) {
                float y = 790;
                for (Item item : content(person)) {
                    float size = item.kind() == Kind.TITLE ? 22 : item.kind() == Kind.HEADING ? 14 : 10.5f;
                    y -= item.kind() == Kind.HEADING ? 26 : 15;
                    out.beginText();
                    out.setFont(font, size);
                    out.newLineAtOffset(item.kind() == Kind.BULLET ? 62 : 50, y);
                    out.showText((item.kind() == Kind.BULLET ? "\u2022 " : "") + item.text());
                    out.endText();
                    y -= item.kind() == Kind.TITLE ? 12 : item.kind() == Kind.HEADING ? 6 : 0;
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /** As an Open XML document. */
    public static byte[] docx(Person person) {
        return zip(
                new String[] {
                    "[Content_Types].xml",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            + "<Override PartName=\"/word/document.xml\" ContentType=\"" + DocumentType.DOCX.mediaType()
                            + ".main+xml\"/></Types>"
                },
                new String[] {
                    "_rels/.rels",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                            + "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
                },
                new String[] {
                    "word/document.xml",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"" + W + "\"><w:body>"
                            + wordBody(person) + "</w:body></w:document>"
                });
    }

    /** As Word 2003 XML. */
    public static byte[] wordXml(Person person) {
        String xml =
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><?mso-application progid=\"Word.Document\"?>"
                        + "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body>"
                        + wordBody(person) + "</w:body></w:wordDocument>";
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private static String wordBody(Person person) {
        StringBuilder out = new StringBuilder();
        for (Item item : content(person)) {
            out.append("<w:p>");
            out.append(
                    switch (item.kind()) {
                        case TITLE -> "<w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>";
                        case HEADING -> "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>";
                        case BULLET -> "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
                        default -> "";
                    });
            out.append("<w:r>").append(item.kind() == Kind.BOLD ? "<w:rPr><w:b/></w:rPr>" : "");
            out.append("<w:t xml:space=\"preserve\">")
                    .append(escape(item.text()))
                    .append("</w:t></w:r></w:p>");
        }
        return out.toString();
    }

    /** As a binary Word document. */
    public static byte[] doc(Person person) {
        return docWithHidden(person, "");
    }

    static byte[] docWithHidden(Person person, String hidden) {
        StringBuilder text = new StringBuilder();
        for (Item item : content(person)) {
            text.append(item.kind() == Kind.HEADING ? "\r" : "");
            text.append(item.kind() == Kind.BULLET ? "\u2022 " : "")
                    .append(item.text())
                    .append('\r');
        }
        return SampleDoc.write(text.toString(), hidden);
    }

    /** As an OpenDocument text. */
    public static byte[] odt(Person person) {
        StringBuilder body = new StringBuilder();
        for (Item item : content(person)) {
            String text = escape(item.text());
            body.append(
                    switch (item.kind()) {
                        case TITLE, HEADING -> "<text:h text:outline-level=\"1\">" + text + "</text:h>";
                        case BULLET ->
                            "<text:list><text:list-item><text:p>" + text + "</text:p></text:list-item></text:list>";
                        default -> "<text:p>" + text + "</text:p>";
                    });
        }
        return zip(new String[] {"mimetype", DocumentType.ODT.mediaType()}, new String[] {
            "content.xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content "
                    + "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                    + "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>"
                    + body + "</office:text></office:body></office:document-content>"
        });
    }

    /** As rich text: Russian letters as bytes of the code page 1251, the rest as Unicode escapes. */
    public static byte[] rtf(Person person) {
        StringBuilder out =
                new StringBuilder("{\\rtf1\\ansi\\ansicpg1251\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset204 Arial;}}\n");
        for (Item item : content(person)) {
            out.append("\\pard ");
            out.append(
                    item.kind() == Kind.TITLE ? "\\b\\fs44 " : item.kind() == Kind.HEADING ? "\\b\\fs28 " : "\\fs21 ");
            out.append(item.kind() == Kind.BULLET ? "\\bullet  " : "");
            for (char c : item.text().toCharArray()) {
                if (c == '\\' || c == '{' || c == '}') {
                    out.append('\\').append(c);
                } else if (c < 0x80) {
                    out.append(c);
                } else {
                    byte[] bytes = String.valueOf(c).getBytes(Charset.forName("windows-1251"));
                    if (bytes[0] == '?') {
                        out.append("\\u").append((int) c).append('?');
                    } else {
                        out.append(String.format(Locale.ROOT, "\\'%02x", bytes[0] & 0xff));
                    }
                }
            }
            out.append("\\b0\\par\n");
        }
        return out.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** As a web page. */
    public static byte[] html(Person person) {
        StringBuilder out = new StringBuilder(
                "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>CV</title><style>p{margin:0}</style></head><body>");
        for (Item item : content(person)) {
            String text = escape(item.text());
            out.append(
                    switch (item.kind()) {
                        case TITLE -> "<h1>" + text + "</h1>";
                        case HEADING -> "<h2>" + text + "</h2>";
                        case BOLD -> "<p><b>" + text + "</b></p>";
                        case BULLET -> "<ul><li>" + text + "</li></ul>";
                        default -> "<p>" + text + "</p>";
                    });
        }
        return out.append("</body></html>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A zip of named text parts: pairs of name and content. */
    static byte[] zip(String[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String[] part : parts) {
                zip.putNextEntry(new ZipEntry(part[0]));
                zip.write(part[1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
