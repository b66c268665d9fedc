package ai.recruit.resume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNamesTests {

    @Test
    void keepsTheLastSegmentAlone() {
        assertThat(FileNames.plain("../../etc/passwd")).isEqualTo("passwd");
        assertThat(FileNames.plain("C:\\Users\\Ivan\\Резюме.pdf")).isEqualTo("Резюме.pdf");
        assertThat(FileNames.plain("a/..")).isEqualTo("resume");
        assertThat(FileNames.plain("")).isEqualTo("resume");
    }

    @Test
    void dropsWhatCannotBeSeenAndWhatTurnsTextAround() {
        assertThat(FileNames.plain("cv\r\n\u0000\u202Efdp.exe")).isEqualTo("cvfdp.exe");
    }

    @Test
    void cutsLongNamesBeforeTheirExtension() {
        String name = FileNames.plain("x".repeat(500) + ".docx");
        assertThat(name).hasSize(200).endsWith("x.docx");
    }

    @Test
    void writesNamesForOldAndNewClients() {
        assertThat(Download.disposition("Résumé \"x\".pdf"))
                .isEqualTo(
                        "attachment; filename=\"Re_sume_ _x_.pdf\"; filename*=UTF-8''R%C3%A9sum%C3%A9%20%22x%22.pdf");
    }
}
