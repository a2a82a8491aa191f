

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0009_step_taken_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='steptaken',
            name='step_comes_once_on_its_day',
        ),
        migrations.AddField(
            model_name='steptaken',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='steptaken',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None), ('way', None)), fields=('cycle', 'step', 'falls_on'), name='step_comes_once_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='steptaken',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', False), ('way', None)), fields=('cycle', 'closed_at'), name='close_at_once_comes_once'),
        ),
    ]
